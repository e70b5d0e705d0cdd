import { fullTime, preciseTime } from './dates.js';
import { element } from './dom.js';

/** A moment to the second; the whole date when one points at it. */
export const preciseTimeNode = (instant) =>
  element('time', { datetime: instant, title: fullTime(instant) }, preciseTime(instant));
