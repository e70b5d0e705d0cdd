const DAY = 24 * 60 * 60 * 1_000;
const WEEK = 7; // days

const LOCALES = [...navigator.languages]; // times as who reads them writes them

const TIME = new Intl.DateTimeFormat(LOCALES, { hour: 'numeric', minute: '2-digit' });
const DAY_AND_MONTH = new Intl.DateTimeFormat(LOCALES, { day: 'numeric', month: 'short' });
const WITH_YEAR = new Intl.DateTimeFormat(LOCALES, { day: 'numeric', month: 'short', year: 'numeric' });
const MONTH = new Intl.DateTimeFormat(LOCALES, { month: 'long', year: 'numeric' });

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
  return (date.getFullYear() === new Date().getFullYear() ? DAY_AND_MONTH : WITH_YEAR).format(date);
}
