import { memory } from './memory.js';

/** The address names the open conversation: `/#<conversationId>`, or `/` for a new one. */
export class Router extends EventTarget {
  constructor() {
    super();
    window.addEventListener('hashchange', () => this.dispatchEvent(new Event('change')));
  }

  get conversationId() {
    return decodeHash(window.location.hash) || null;
  }

  /** Goes to a new conversation. */
  begin() {
    if (this.conversationId !== null) {
      history.pushState(null, '', '/');
    }
    this.dispatchEvent(new Event('change'));
  }

  /** A new conversation got its id: the same place by its name. */
  named(conversationId) {
    history.replaceState(null, '', addressOf(conversationId));
  }

  /** Before a login, which ends at `/`. */
  keep() {
    memory.write('wanted', this.conversationId);
  }

  /** After a login. */
  restore() {
    const wanted = memory.read('wanted');
    memory.write('wanted', null);
    if (wanted && !this.conversationId) {
      history.replaceState(null, '', addressOf(wanted));
    }
  }
}

export const addressOf = (conversationId) => `/#${encodeURIComponent(conversationId)}`;

function decodeHash(hash) {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return hash.slice(1);
  }
}
