/** The server's clock: countdowns must not depend on how well the device's own is set. */
let ahead = 0; // milliseconds by which the server's clock is ahead of the device's

const TOLERANCE = 2_000; // the header has whole seconds, and the answer took its time

/** Learns from an answer's `Date` header. */
export function learnTime(response) {
  const date = Date.parse(response.headers.get('Date') ?? '');
  if (Number.isNaN(date)) {
    return;
  }
  const difference = date + 500 - Date.now();
  ahead = Math.abs(difference) > TOLERANCE ? difference : 0;
}

/** Milliseconds since the epoch, by the server's clock. */
export const serverNow = () => Date.now() + ahead;

const LOCALES = [...navigator.languages]; // times as who reads them writes them
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const format = (options) => new Intl.DateTimeFormat(LOCALES, options);

const TIME = format({ hour: 'numeric', minute: '2-digit' });
const TIME_WITH_SECONDS = format({ hour: 'numeric', minute: '2-digit', second: '2-digit' });
const DAY = format({ day: 'numeric', month: 'short' });
const DAY_OF_YEAR = format({ day: 'numeric', month: 'short', year: 'numeric' });
const FULL = format({ dateStyle: 'full', timeStyle: 'medium' });
const AGO = new Intl.RelativeTimeFormat(LOCALES, { numeric: 'auto', style: 'short' });

/** `2:03 PM` for today, else with the day. */
export const shortTime = (instant) => withDay(new Date(instant), TIME);

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
  const now = new Date();
  if (date.toDateString() === now.toDateString()) {
    return time.format(date);
  }
  const day = date.getFullYear() === now.getFullYear() ? DAY : DAY_OF_YEAR;
  return `${day.format(date)}, ${time.format(date)}`;
}

/** `m:ss` or `h:mm:ss` until an instant, never below 0:00. */
export function countdown(instant) {
  const seconds = Math.max(0, Math.ceil((Date.parse(instant) - serverNow()) / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const two = (figure) => String(figure).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
