import { serverNow } from './clock.js';

const MINUTE = 60_000; // milliseconds
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7; // days

const LOCALES = [...navigator.languages]; // times as who reads them writes them

const format = (options) => new Intl.DateTimeFormat(LOCALES, options);

const TIME = format({ hour: 'numeric', minute: '2-digit' });
const TIME_WITH_SECONDS = format({ hour: 'numeric', minute: '2-digit', second: '2-digit' });
const DAY_AND_MONTH = format({ day: 'numeric', month: 'short' });
const WITH_YEAR = format({ day: 'numeric', month: 'short', year: 'numeric' });
const MONTH = format({ month: 'long', year: 'numeric' });
const FULL = format({ dateStyle: 'full', timeStyle: 'medium' });
const AGO = new Intl.RelativeTimeFormat(LOCALES, { numeric: 'auto', style: 'short' });

/** Whole days from a day to today, by the reader's calendar. */
function daysAgo(date) {
  const midnight = (of) => new Date(of.getFullYear(), of.getMonth(), of.getDate()).getTime();
  return Math.round((midnight(new Date()) - midnight(date)) / DAY); // a day of 23 or 25 hours is one
}

/** The part of a list in which something of that time stands. */
export function periodOf(instant) {
  const date = new Date(instant);
  const days = daysAgo(date);
  if (days <= 0) {
    return 'Today';
  }
  if (days === 1) {
    return 'Yesterday';
  }
  return days <= WEEK ? 'Previous 7 days' : MONTH.format(date);
}

/** As short as a row has room for: the time of today and yesterday, else the day. */
export function rowTime(instant) {
  const date = new Date(instant);
  if (daysAgo(date) <= 1) {
    return TIME.format(date);
  }
  return day(date);
}

/** `2:03 PM` for today, else with the day. */
const shortTime = (instant) => withDay(new Date(instant), TIME);

/** The same to the second, for what may look the same a moment later. */
export const preciseTime = (instant) => withDay(new Date(instant), TIME_WITH_SECONDS);

/** `5 min. ago` within the hour, by the server's clock; else as `shortTime`. */
export function agoTime(instant) {
  const age = serverNow() - Date.parse(instant);
  if (age >= HOUR) {
    return shortTime(instant);
  }
  const minutes = Math.floor(age / MINUTE);
  return minutes < 1 ? AGO.format(0, 'second') : AGO.format(-minutes, 'minute');
}

export const fullTime = (instant) => FULL.format(new Date(instant));

function withDay(date, time) {
  return daysAgo(date) === 0 ? time.format(date) : `${day(date)}, ${time.format(date)}`;
}

const day = (date) => (date.getFullYear() === new Date().getFullYear() ? DAY_AND_MONTH : WITH_YEAR).format(date);
