import { get } from './api.js';
import { callNews } from './call-news.js';

const LONGEST_WAIT = 30_000;
const QUIET_FOR = 4_000; // a reconnect that takes no longer is nobody's concern

/**
 * A conversation as it lives: first as a whole, then what changes. Events: `snapshot`, `message`, `call`, `draft` with the data as
 * `detail`, `ended` when the conversation is gone, `connection` with `detail` true (live) or false (lost, being tried again).
 *
 * Reconnecting is the browser's affair as long as it tries. Where it gives up, which it does at any answer but 200, the whole is
 * fetched again after 1, 2, 4 … 30 s: that answer says why, and is what the stream would have told meanwhile.
 */
export class Stream extends EventTarget {
  #address;
  #source = null;
  #timer = null;
  #quiet = null;
  #failures = 0;
  #reading = null;

  constructor(conversationId) {
    super();
    this.#address = `/api/chat/${encodeURIComponent(conversationId)}`;
  }

  /** Begins, or begins anew. */
  async open() {
    this.close();
    const reading = new AbortController();
    this.#reading = reading;
    // where the device says that it has no network, nobody waits until the connection is found dead
    window.addEventListener('offline', () => this.#tell('connection', false), { signal: reading.signal });
    try {
      const snapshot = await get(this.#address, reading.signal);
      if (!reading.signal.aborted) {
        this.#tell('snapshot', snapshot);
        this.#listen();
      }
    } catch (problem) {
      if (!reading.signal.aborted) {
        this.#failed(problem);
      }
    }
  }

  /** Ends; nothing is told any more. */
  close() {
    this.#reading?.abort();
    this.#source?.close();
    clearTimeout(this.#timer);
    clearTimeout(this.#quiet);
    this.#source = null;
    this.#quiet = null;
  }

  #listen() {
    const source = new EventSource(`${this.#address}/events`);
    this.#source = source;
    source.addEventListener('open', () => this.#connected());
    source.addEventListener('message', (event) => this.#tell('message', JSON.parse(event.data)));
    source.addEventListener('call', (event) => this.#heard(JSON.parse(event.data)));
    source.addEventListener('draft', (event) => this.#tell('draft', JSON.parse(event.data)));
    source.addEventListener('ended', () => this.#gone());
    source.addEventListener('error', () => this.#interrupted(source));
  }

  #heard(call) {
    this.#tell('call', call);
    callNews.heard(call);
  }

  #connected() {
    this.#tell('draft', { from: 0, text: '' }); // each connection begins without one
    this.#failures = 0;
    clearTimeout(this.#quiet);
    this.#quiet = null;
    this.#tell('connection', navigator.onLine); // an answer that was on its way may still come to a device without a network
  }

  #interrupted(source) {
    this.#quiet ??= setTimeout(() => this.#tell('connection', false), QUIET_FOR);
    if (source.readyState === EventSource.CLOSED) {
      this.#later();
    }
  }

  #failed(problem) {
    if (problem.status === 404) {
      this.#gone();
    } else if (problem.status !== 401) {
      // 401: the page offers to sign in
      this.#tell('connection', false);
      this.#later();
    }
  }

  #later() {
    clearTimeout(this.#timer);
    const wait = Math.min(LONGEST_WAIT, 1_000 * 2 ** this.#failures);
    this.#failures++;
    this.#timer = setTimeout(() => this.open(), wait);
  }

  #gone() {
    this.close();
    this.#tell('ended');
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
