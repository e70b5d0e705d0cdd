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
  #listed = new Map();
  #told = new Map(); // what was told last of each by anything but the list, which may be late, and when
  #cursor = null;
  #isKnown = false;
  #status = null;
  #tool = null;
  #turn = 0; // of the filter: answers to an older one are dropped

  get calls() {
    if (!this.#isKnown) {
      return [];
    }
    const calls = new Map(this.#listed);
    for (const [id, { call }] of this.#told) {
      calls.delete(id);
      if (this.#has(call) && !this.#isBeyond(call)) {
        calls.set(id, call);
      }
    }
    return [...calls.values()].sort((a, b) => endOf(b) - endOf(a));
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
    this.#listed.clear();
    this.#cursor = null;
    this.#isKnown = false;
    this.dispatchEvent(new Event('change'));
    await this.refresh();
  }

  /** All that is shown, anew; at least the first page. */
  async refresh() {
    await this.#read(null, Math.max(ENOUGH, this.#listed.size));
  }

  async more() {
    await this.#read(this.#cursor, ENOUGH);
  }

  /** One that has just ended, or otherwise than was known, which the server's list may not know for a moment. */
  take(call) {
    const known = this.#told.get(call.id)?.call ?? this.#listed.get(call.id);
    if (!isOvertaken(call, known)) {
      this.#told.set(call.id, { call, at: Date.now() });
      this.dispatchEvent(new Event('change'));
    }
  }

  #has(call) {
    return !isLive(call) && [null, call.status].includes(this.#status) && [null, call.tool].includes(this.#tool);
  }

  /** Where it belongs wasn't listed yet. */
  #isBeyond(call) {
    return this.hasMore && !this.#listed.has(call.id) && endOf(call) < Math.min(...[...this.#listed.values()].map(endOf));
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

  /** What was told holds until the list surely knows it, or something newer. */
  #keep(found, isAll) {
    const before = this.#listed;
    this.#listed = isAll ? new Map() : new Map(before);
    found.forEach((call, id) => this.#listed.set(id, isOvertaken(call, before.get(id)) ? before.get(id) : call));
    const isLate = (id, { call, at }) => Date.now() - at < LIST_IS_BEHIND && !(found.has(id) && isOvertaken(call, found.get(id)));
    this.#told = new Map([...this.#told].filter(([id, told]) => isLate(id, told)));
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
