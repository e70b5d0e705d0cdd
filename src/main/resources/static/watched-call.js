import { get } from './api.js';
import { isOvertaken } from './call-versions.js';
import { isLive } from './call-words.js';

const USUAL = 10_000; // milliseconds between two looks at what goes on
const SOON = [500, 1_000, 2_000, 4_000]; // after something was told that counts a moment later
const LONGEST_WAIT = 60_000;
const MOST_LOOKS = 30; // by itself: each is in the audit log

/**
 * The one call that an operator looks at. While it goes on, or won't stay as it is, and somebody looks at this tab, it is asked for
 * again, a bounded number of times. Events: `told` with the entry `{user, call}` as `detail`; `failed` with what went wrong.
 */
export class WatchedCall extends EventTarget {
  #id = null;
  #entry = null;
  #looks = 0;
  #failures = 0;
  #passing = null; // a status that won't last
  #soon = [];
  #timer = null;
  #turn = 0; // answers to an older question are dropped

  constructor() {
    super();
    document.addEventListener('visibilitychange', () => this.#seenAgain());
  }

  /** @param {?string} id null: none any more */
  open(id) {
    this.#id = id;
    this.#entry = null;
    this.#passing = null;
    this.#soon = [];
    this.#turn++;
    clearTimeout(this.#timer);
    if (id !== null) {
      this.refresh();
    }
  }

  get entry() {
    return this.#entry;
  }

  /** Looks at once, because somebody wants to see it. */
  async refresh() {
    this.#looks = 0;
    await this.#look();
  }

  /** What an answer has told. */
  take(entry) {
    if (entry.call.id === this.#id && !(this.#entry && isOvertaken(entry.call, this.#entry.call))) {
      this.#entry = entry;
      this.dispatchEvent(new CustomEvent('told', { detail: entry }));
    }
  }

  /**
   * Something was told that counts a moment later.
   *
   * @param {object} entry how it stood before
   */
  expectChange({ call: { id, status } }) {
    if (id === this.#id) {
      this.#looks = 0;
      this.#passing = status;
      this.#soon = [...SOON];
      this.#later();
    }
  }

  async #look() {
    const turn = ++this.#turn;
    clearTimeout(this.#timer);
    try {
      const entry = await get(`/api/operator/calls/${encodeURIComponent(this.#id)}`);
      if (turn !== this.#turn) {
        return;
      }
      this.#failures = 0;
      this.take(entry);
    } catch (problem) {
      if (turn !== this.#turn) {
        return;
      }
      this.#failures++;
      this.dispatchEvent(new CustomEvent('failed', { detail: problem }));
      if (!problem.passes || problem.status === 401 || problem.status === 403) {
        return;
      }
    }
    this.#later();
  }

  #later() {
    clearTimeout(this.#timer);
    const isAwaited = this.#mayChange || this.#failures > 0;
    if (this.#id === null || document.hidden || !isAwaited || this.#looks >= MOST_LOOKS) {
      return;
    }
    this.#looks++;
    const wait = this.#failures > 0 ? Math.min(LONGEST_WAIT, USUAL * 2 ** (this.#failures - 1)) : (this.#soon.shift() ?? USUAL);
    this.#timer = setTimeout(() => this.#look(), wait);
  }

  #seenAgain() {
    clearTimeout(this.#timer);
    if (!document.hidden && this.#id !== null && (this.#entry === null || this.#mayChange)) {
      this.refresh();
    }
  }

  get #mayChange() {
    return this.#entry !== null && (isLive(this.#entry.call) || this.#entry.call.status === this.#passing);
  }
}
