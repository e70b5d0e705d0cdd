import { get } from './api.js';
import { isOvertaken } from './call-versions.js';

const ENOUGH = 20; // of a look: pages may hold less than they could
const MOST_PAGES = 5;

/**
 * The calls of all users that an operator has asked for, in the server's order, as many pages as were asked for: entries
 * `{user, call}`. Nothing is asked by itself, since each look is in the audit log. Event `change`.
 */
export class OperatedCalls extends EventTarget {
  #entries = new Map(); // by the calls' ids
  #cursor = null;
  #readAt = null;
  #filter = {};
  #turn = 0; // answers to an older question are dropped

  get entries() {
    return [...this.#entries.values()];
  }

  get hasMore() {
    return this.#cursor !== null;
  }

  /** When the first page was read, by this device's clock; null: not yet. */
  get readAt() {
    return this.#readAt;
  }

  find(id) {
    return this.#entries.get(id);
  }

  /** @param filter `{status, tool, user}`; null: all */
  async filter(filter) {
    this.#filter = filter;
    this.#entries.clear();
    this.#cursor = null;
    this.#readAt = null;
    this.dispatchEvent(new Event('change'));
    await this.refresh();
  }

  /** All that is listed, anew; what is listed stays until the answer has come. */
  async refresh() {
    await this.#read(null, Math.max(ENOUGH, this.#entries.size));
  }

  async more() {
    await this.#read(this.#cursor, ENOUGH);
  }

  /** What was told of a call otherwise; it stays where it is listed, also if it wouldn't be any more. */
  take(entry) {
    const { id } = entry.call;
    if (this.#entries.has(id)) {
      this.#entries.set(id, newer(entry, this.#entries.get(id)));
      this.dispatchEvent(new Event('change'));
    }
  }

  async #read(from, enough) {
    const turn = ++this.#turn;
    const found = new Map();
    let cursor = from;
    for (let page = 0; page < MOST_PAGES && found.size < enough && (page === 0 || cursor !== null); page++) {
      const { calls, cursor: next } = await get(`/api/operator/calls?${this.#query(cursor)}`);
      if (turn !== this.#turn) {
        return;
      }
      calls.forEach((entry) => found.set(entry.call.id, newer(entry, this.#entries.get(entry.call.id))));
      cursor = next;
    }
    this.#entries = from === null ? found : new Map([...this.#entries, ...found]);
    this.#cursor = cursor;
    this.#readAt = from === null ? new Date() : this.#readAt;
    this.dispatchEvent(new Event('change'));
  }

  #query(cursor) {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...this.#filter, cursor })) {
      if (value !== null) {
        query.set(name, value);
      }
    }
    return query;
  }
}

const newer = (told, known) => (known && isOvertaken(told.call, known.call) ? known : told);
