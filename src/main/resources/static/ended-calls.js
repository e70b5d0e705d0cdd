import { get } from './api.js';
import { isLive } from './call-words.js';

/** The statuses at which nothing goes on. */
export const ENDS = ['DONE', 'DENIED', 'EXPIRED', 'CANCELLED', 'REJECTED', 'FAILED', 'OUTCOME_UNKNOWN'];

const ENOUGH = 10; // of a look: pages may hold less than they could
const MOST_PAGES = 5;

/** What has ended, the newest first, as many pages as were asked for. Event `change`. */
export class EndedCalls extends EventTarget {
  #calls = new Map();
  #cursor = null;
  #isKnown = false;
  #status = null;
  #tool = null;
  #turn = 0; // of the filter: answers to an older one are dropped

  get calls() {
    return [...this.#calls.values()].sort((a, b) => endOf(b) - endOf(a));
  }

  get isKnown() {
    return this.#isKnown;
  }

  get hasMore() {
    return this.#cursor !== null;
  }

  /**
   * Only these from now on.
   *
   * @param {?string} status null: however it ended
   * @param {?string} tool null: of all tools
   */
  async filter(status, tool) {
    this.#status = status;
    this.#tool = tool;
    this.#calls.clear();
    this.#isKnown = false;
    this.dispatchEvent(new Event('change'));
    await this.refresh();
  }

  /** The first page; what was shown beyond it is asked for again. */
  async refresh() {
    await this.#read(null);
  }

  async more() {
    await this.#read(this.#cursor);
  }

  /** One that has just ended, which the server's list may not know for a moment. */
  take(call) {
    const isOlder = this.hasMore && endOf(call) < Math.min(...this.calls.map(endOf));
    if (this.#isKnown && this.#has(call) && !isOlder) {
      this.#calls.set(call.id, call);
      this.dispatchEvent(new Event('change'));
    }
  }

  #has(call) {
    return !isLive(call) && [null, call.status].includes(this.#status) && [null, call.tool].includes(this.#tool);
  }

  async #read(from) {
    const turn = ++this.#turn;
    let cursor = from;
    let found = 0;
    for (let page = 0; page < MOST_PAGES && found < ENOUGH && (page === 0 || cursor !== null); page++) {
      const { calls, cursor: next } = await get(`/api/approvals?${this.#query(cursor)}`);
      if (turn !== this.#turn) {
        return;
      }
      if (page === 0 && from === null) {
        this.#keepJustEnded();
      }
      calls.forEach((call) => this.#calls.set(call.id, call));
      found += calls.length;
      cursor = next;
    }
    this.#cursor = cursor;
    this.#isKnown = true;
    this.dispatchEvent(new Event('change'));
  }

  /** The list may be a moment late. */
  #keepJustEnded() {
    const newest = this.calls.slice(0, ENOUGH);
    this.#calls = new Map(newest.map((call) => [call.id, call]));
  }

  #query(cursor) {
    const query = new URLSearchParams({ status: this.#status ?? ENDS.join(',') });
    if (this.#tool !== null) {
      query.set('tool', this.#tool);
    }
    if (cursor !== null) {
      query.set('cursor', cursor);
    }
    return query;
  }
}

const endOf = ({ endedAt, requestedAt }) => Date.parse(endedAt ?? requestedAt);
