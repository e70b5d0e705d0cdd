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

/** `m:ss` or `h:mm:ss` until an instant, never below 0:00. */
export function countdown(instant) {
  const seconds = Math.max(0, Math.ceil((Date.parse(instant) - serverNow()) / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const two = (figure) => String(figure).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
