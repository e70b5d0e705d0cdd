import { get } from './api.js';
import { isOvertaken } from './call-versions.js';
import { isLive } from './call-words.js';

/** The statuses at which nothing goes on. */
export const ENDS = ['DONE', 'DENIED', 'EXPIRED', 'CANCELLED', 'REJECTED', 'FAILED', 'OUTCOME_UNKNOWN'];

const ENOUGH = 10; // of a look: pages may hold less than they could
const MOST_PAGES = 5;
const LIST_IS_BEHIND = 60_000; // milliseconds until the server's list surely knows how a call has ended

/** What has ended, the newest first, as many pages as were asked for. Event `change`. */
export class EndedCalls extends EventTarget {
  #calls = new Map();
  #taken = new Map(); // when each was told by anything but the list
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
    this.#taken.clear();
    this.#isKnown = false;
    this.dispatchEvent(new Event('change'));
    await this.refresh();
  }

  /** All that is shown, anew; at least the first page. */
  async refresh() {
    await this.#read(null, Math.max(ENOUGH, this.#calls.size));
  }

  async more() {
    await this.#read(this.#cursor, ENOUGH);
  }

  /** One that has just ended, or otherwise than was known, which the server's list may not know for a moment. */
  take(call) {
    const known = this.#calls.get(call.id);
    const isBeyond = !known && this.hasMore && endOf(call) < Math.min(...this.calls.map(endOf));
    if (!this.#isKnown || isBeyond || isOvertaken(call, known)) {
      return;
    }
    this.#taken.set(call.id, Date.now());
    if (this.#has(call)) {
      this.#calls.set(call.id, call);
    } else {
      this.#calls.delete(call.id);
    }
    this.dispatchEvent(new Event('change'));
  }

  #has(call) {
    return !isLive(call) && [null, call.status].includes(this.#status) && [null, call.tool].includes(this.#tool);
  }

  async #read(from, enough) {
    const turn = ++this.#turn;
    const found = new Map();
    let cursor = from;
    for (let page = 0; page < MOST_PAGES && found.size < enough && (page === 0 || cursor !== null); page++) {
      const { calls, cursor: next } = await get(`/api/approvals?${this.#query(cursor)}`);
      if (turn !== this.#turn) {
        return;
      }
      calls.forEach((call) => found.set(call.id, call));
      cursor = next;
    }
    this.#keep(found, from === null);
    this.#cursor = cursor;
    this.#isKnown = true;
    this.dispatchEvent(new Event('change'));
  }

  /** Of what the list has said; what was just told otherwise holds, since the list may be late. */
  #keep(listed, isAll) {
    this.#taken = new Map([...this.#taken].filter(([, at]) => Date.now() - at < LIST_IS_BEHIND));
    const before = this.#calls;
    this.#calls = isAll ? new Map([...before].filter(([id]) => this.#taken.has(id))) : new Map(before);
    for (const [id, call] of listed) {
      const known = before.get(id);
      if (known || !this.#taken.has(id)) {
        this.#calls.set(id, isOvertaken(call, known) ? known : call);
      }
    }
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
