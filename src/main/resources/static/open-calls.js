import { get } from './api.js';
import { callNews } from './call-news.js';
import { isOvertaken } from './call-versions.js';
import { isLive, waits } from './call-words.js';
import { tabs } from './tabs.js';

const IN_FRONT = 4_000; // milliseconds between two looks while the inbox is shown
const BEHIND = 15_000;
const LONGEST_WAIT = 60_000;
const MOST_BEYOND = 10;

/**
 * All that goes on of mine, over all conversations and in none. The server is asked again and again while somebody looks at this
 * tab, more seldom after failures; what streams tell is known at once. Events: `change`; `told` with a call as `detail`, whatever
 * is told of it; `arrived` and `ended` too, when it begins to go on or no longer does; `connection` with `detail` true or false.
 */
export class OpenCalls extends EventTarget {
  #calls = new Map();
  #ended = new Map(); // what was told last of those that have ended, by their ids
  #hasMore = false;
  #beyond = 0;
  #isKnown = false;
  #isInFront = false;
  #isStopped = false;
  #failures = 0;
  #timer = null;
  #looking = null;
  #isDue = false;

  start() {
    callNews.addEventListener('call', ({ detail }) => this.take(detail));
    document.addEventListener('visibilitychange', () => this.#again());
    window.addEventListener('online', () => this.#again());
    window.addEventListener('offline', () => this.#tell('connection', false));
    tabs.addEventListener('signed-in', () => this.#signedIn());
    this.#again();
  }

  /** Whether the first answer has come. */
  get isKnown() {
    return this.#isKnown;
  }

  /** The oldest first. */
  get calls() {
    return [...this.#calls.values()].sort((a, b) => Date.parse(a.requestedAt) - Date.parse(b.requestedAt));
  }

  /** How many wait for the user, of those that are known. */
  get waiting() {
    return [...this.#calls.values()].filter(waits).length;
  }

  /** Whether more go on than are known. */
  get hasMore() {
    return this.#hasMore;
  }

  /** Looks more often while the inbox is in front. */
  set isInFront(isInFront) {
    this.#isInFront = isInFront;
    if (isInFront) {
      this.#again();
    }
  }

  /** Where a call stands, as an answer or a stream has told. */
  take(call) {
    const event = this.#keep(call);
    if (event !== null) {
      this.#tell('told', call);
      if (event !== 'told') {
        this.#tell(event, call);
      }
      this.#tell('change');
    }
  }

  /** What is to be told of it; null: nothing, it is known. An end is news only of a call that was known before. */
  #keep(call) {
    const known = this.#calls.get(call.id);
    const end = this.#ended.get(call.id);
    if (isOvertaken(call, known) || (end && (call.version ?? 0) <= (end.version ?? 0))) {
      return null;
    }
    if (isLive(call)) {
      this.#calls.set(call.id, call);
      return known ? 'told' : 'arrived';
    }
    this.#calls.delete(call.id);
    this.#ended.set(call.id, { version: call.version });
    return known || end ? 'ended' : 'told';
  }

  /** Looks at once; one look at a time. */
  refresh() {
    this.#looking ??= this.#look().finally(() => (this.#looking = null));
    return this.#looking;
  }

  #again() {
    this.#isStopped = false;
    if (!document.hidden) {
      this.refresh();
    }
  }

  /** A look under way, which began before, may still be refused. */
  #signedIn() {
    this.#isDue = this.#looking !== null;
    this.#again();
  }

  async #look() {
    clearTimeout(this.#timer);
    this.#isDue = false;
    try {
      await this.#takeAll(await get('/api/approvals/open'));
      this.#failures = 0;
      this.#tell('connection', true);
    } catch (problem) {
      this.#failures++;
      if (problem.status === 401) {
        this.#isStopped = !this.#isDue; // nothing else comes before somebody has signed in, which the page says
      } else {
        this.#tell('connection', false);
      }
    }
    this.#later();
  }

  #later() {
    const usual = this.#isInFront ? IN_FRONT : BEHIND;
    const wait = this.#failures > 0 ? Math.min(LONGEST_WAIT, Math.max(usual, 1_000 * 2 ** this.#failures)) : usual;
    this.#timer = setTimeout(() => this.#isStopped || document.hidden || this.refresh(), this.#isDue ? 0 : wait);
  }

  async #takeAll({ calls, more }) {
    const unlisted = this.#unlisted(calls, more);
    const isFirst = !this.#isKnown;
    this.#isKnown = true;
    this.#hasMore = more;
    for (const call of calls) {
      if (isFirst) {
        this.#keep(call); // none of them is news
      } else {
        this.take(call);
      }
    }
    this.#tell('change');
    await Promise.all(unlisted.map((call) => this.#lookAt(call)));
  }

  /** Those to look at one by one: of what is beyond the list some at a time, for there may be hundreds. */
  #unlisted(calls, more) {
    const listed = new Set(calls.map(({ id }) => id));
    const newest = more && calls.length > 0 ? Date.parse(calls.at(-1).requestedAt) : Infinity;
    const unlisted = this.calls.filter(({ id }) => !listed.has(id));
    const beyond = unlisted.filter(({ requestedAt }) => Date.parse(requestedAt) > newest);
    const first = this.#beyond < beyond.length ? this.#beyond : 0;
    this.#beyond = first + MOST_BEYOND;
    return [...unlisted.filter((call) => !beyond.includes(call)), ...beyond.slice(first, this.#beyond)];
  }

  /** What isn't listed any more has ended, or began so late that the list doesn't know it. */
  async #lookAt({ id }) {
    try {
      this.take(await get(`/api/approvals/${encodeURIComponent(id)}`));
    } catch (problem) {
      if (problem.status !== 404) {
        throw problem;
      }
      this.#calls.delete(id);
      this.#tell('change');
    }
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
