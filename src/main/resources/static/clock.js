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

const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const DAY_AND_TIME = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });

/** `14:03` for today, else with the day. */
export function shortTime(instant) {
  const date = new Date(instant);
  const today = date.toDateString() === new Date().toDateString();
  return (today ? TIME : DAY_AND_TIME).format(date);
}

export const fullTime = (instant) => FULL.format(new Date(instant));

/** `m:ss` until an instant, never below 0:00. */
export function countdown(instant) {
  const seconds = Math.max(0, Math.ceil((Date.parse(instant) - serverNow()) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
