import { get } from './api.js';

const ENOUGH = 20; // found conversations until the user asks for more
const MOST_REQUESTS = 3; // each looks through 100 conversations, which costs the server as many questions
const TYPING_PAUSE = 250; // milliseconds

/** The conversations that have the words that the user looks for, the newest first. Event `change`. */
export class ConversationSearch extends EventTarget {
  #words = '';
  #items = new Map();
  #cursor = null;
  #state = 'idle';
  #timer = null;
  #reading = null;

  /** Whether something is looked for. */
  get isOn() {
    return this.#words !== '';
  }

  get words() {
    return this.#words;
  }

  get items() {
    return [...this.#items.values()];
  }

  get isSearching() {
    return this.#state === 'searching';
  }

  get hasFailed() {
    return this.#state === 'failed';
  }

  get hasMore() {
    return this.#state === 'done' && this.#cursor !== null;
  }

  /** Looks for other words, when the user has paused in typing; none: ends. */
  look(words) {
    if (words === this.#words) {
      return;
    }
    clearTimeout(this.#timer);
    this.#reading?.abort();
    this.#words = words;
    this.#items = new Map();
    this.#cursor = null;
    this.#state = this.isOn ? 'searching' : 'idle';
    if (this.isOn) {
      this.#timer = setTimeout(() => this.more(), TYPING_PAUSE);
    }
    this.#changed();
  }

  /** Goes on, a request after the other, until some are found or so many have been looked through. */
  async more() {
    const reading = new AbortController();
    this.#reading = reading;
    this.#state = 'searching';
    this.#changed();
    const wanted = this.#items.size + ENOUGH;
    let requests = 0;
    try {
      do {
        requests++;
        const page = await get(`/api/chat?${this.#query()}`, reading.signal);
        if (reading.signal.aborted) {
          return;
        }
        page.conversations.forEach((each) => this.#items.set(each.conversationId, each));
        this.#cursor = page.cursor;
        this.#changed();
      } while (this.#cursor !== null && this.#items.size < wanted && requests < MOST_REQUESTS);
      this.#state = 'done';
    } catch {
      if (reading.signal.aborted) {
        return;
      }
      this.#state = 'failed';
    }
    this.#changed();
  }

  renamed(conversationId, title) {
    const item = this.#items.get(conversationId);
    if (item) {
      item.title = title;
      this.#changed();
    }
  }

  removed(conversationId) {
    if (this.#items.delete(conversationId)) {
      this.#changed();
    }
  }

  #query() {
    const query = new URLSearchParams({ search: this.#words });
    if (this.#cursor !== null) {
      query.set('cursor', this.#cursor);
    }
    return query;
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}
