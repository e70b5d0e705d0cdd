import { isUnanswered } from './call-words.js';
import { serverNow } from './clock.js';

/**
 * Whether what is told of a call is older than what is known of it: of two versions the higher one is newer. That nobody says
 * what became of it has none: it is newer than a question whose time is over, and that question older than it.
 *
 * @param {object} told a call
 * @param {object=} known the same call, as it was told before; undefined: it wasn't
 */
export function isOvertaken(told, known) {
  if (known && isUnanswered(told) && known.status === told.status) {
    return !isUnanswered(known) && !isTimeOver(known);
  }
  if (known && isUnanswered(known) && known.status === told.status) {
    return isTimeOver(told);
  }
  return (known?.version ?? 0) > (told.version ?? 0);
}

const isTimeOver = ({ expiresAt }) => expiresAt !== null && Date.parse(expiresAt) < serverNow();
