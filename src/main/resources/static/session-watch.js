import { api } from './api.js';
import { serverNow } from './clock.js';
import { loadSession } from './session.js';
import { tabs } from './tabs.js';

const LONGEST_TIMER = 2 ** 31 - 1;
const LONGEST_WAIT = 30_000;

/**
 * Asks the server who is signed in whenever somebody looks at this tab, when another one has signed in, and when the session
 * must have ended. Events: `changed` when another user is, or somebody and nobody was; `over` when the session has ended by the
 * clock, or something that the user wanted was refused and must not be lost; `signed-out` when it is neither.
 */
export class SessionWatch extends EventTarget {
  #session;
  #asked = null; // a tab that comes to the front tells it twice
  #isDue = false;
  #timer = null;
  #isOver = false;
  #isLost = false; // whether something the user wanted may have been refused for it
  #failures = 0;

  constructor(session) {
    super();
    this.#session = session;
    document.addEventListener('visibilitychange', () => document.hidden || this.#look());
    window.addEventListener('focus', () => this.#look());
    window.addEventListener('pageshow', ({ persisted }) => persisted && this.#look());
    window.addEventListener('online', () => this.#look());
    tabs.addEventListener('signed-in', () => this.#lookAfterNews());
    api.addEventListener('unauthorized', ({ detail: method }) => this.#refused(method));
    api.addEventListener('limited', ({ detail: method }) => this.#limited(method));
    this.#lookAtTheEnd();
  }

  #refused(method) {
    if (method !== 'GET') {
      this.#over();
    }
    this.#lookAfterNews(); // it may be another user's session by now
  }

  #limited(method) {
    this.#isLost ||= method !== 'GET';
    this.#look();
  }

  #look() {
    this.#asked ??= this.#ask().finally(() => this.#answered());
  }

  /** Something has happened that a look under way may not know of. */
  #lookAfterNews() {
    this.#isDue = this.#asked !== null;
    this.#look();
  }

  #answered() {
    this.#asked = null;
    if (this.#isDue) {
      this.#isDue = false;
      this.#look();
    }
  }

  async #ask() {
    const now = await loadSession().catch(() => null);
    if (now === null) {
      this.#isDue = false; // the next look may tell; at once it would fail too
      this.#lookLater();
      return;
    }
    this.#failures = 0;
    if (now.signedIn && now.user !== this.#session.user) {
      this.dispatchEvent(new Event('changed'));
    } else if (now.signedIn) {
      this.#isLost = false;
      this.#session = now; // perhaps a longer one, by a login elsewhere
      this.#isOver = false;
      this.#lookAtTheEnd();
    } else if (this.#session.signedIn && !this.#isOver && !this.#isLost && Date.parse(this.#session.expiresAt) > serverNow()) {
      this.dispatchEvent(new Event('signed-out'));
    } else if (this.#session.signedIn) {
      this.#over();
    }
  }

  #over() {
    this.#isOver = true;
    this.dispatchEvent(new Event('over'));
  }

  /** What this look was to find out nobody else may: after a refusal all others wait for it. */
  #lookLater() {
    clearTimeout(this.#timer);
    const wait = Math.min(LONGEST_WAIT, 1_000 * 2 ** ++this.#failures);
    this.#timer = setTimeout(() => document.hidden || this.#look(), wait);
  }

  #lookAtTheEnd() {
    clearTimeout(this.#timer);
    const left = Date.parse(this.#session.expiresAt) - Date.now();
    if (left > 0 && left < LONGEST_TIMER) {
      this.#timer = setTimeout(() => this.#look(), left + 1_000);
    }
  }
}
