import { memory } from './memory.js';

const INBOX = 'inbox'; // no conversation's id is so short

/**
 * The address names what is shown: `/#<conversationId>`, `/` for a new conversation, `/#inbox` for the inbox, behind which the
 * conversation stays open. Events: `change` when another conversation is to be open; before it `view` when the inbox has come
 * to the front, or has gone.
 */
export class Router extends EventTarget {
  #conversationId = null;
  #isInbox = false;

  constructor() {
    super();
    this.#read();
    window.addEventListener('hashchange', () => this.#moved());
  }

  /** The open conversation; null: a new one. */
  get conversationId() {
    return this.#conversationId;
  }

  get isInbox() {
    return this.#isInbox;
  }

  /** Goes to a new conversation. */
  begin() {
    this.#go('/');
    this.dispatchEvent(new Event('change'));
  }

  /** Goes to a conversation. */
  open(conversationId) {
    const before = this.#conversationId;
    this.#go(addressOf(conversationId));
    this.#tellChange(before);
  }

  /** A new conversation got its id: the same place by its name. */
  named(conversationId) {
    this.#conversationId = conversationId;
    if (!this.#isInbox) {
      history.replaceState(null, '', addressOf(conversationId));
    }
  }

  /** Before a login, which ends at `/`. */
  keep() {
    memory.write('wanted', this.#isInbox ? INBOX : this.#conversationId);
  }

  /** After a login. */
  restore() {
    const wanted = memory.read('wanted');
    memory.write('wanted', null);
    if (wanted && window.location.hash === '') {
      history.replaceState(null, '', addressOf(wanted));
      this.#read();
    }
  }

  #moved() {
    const before = this.#conversationId;
    this.#readPlace();
    this.#tellChange(before);
  }

  #go(address) {
    if (address !== `/${window.location.hash}`) {
      history.pushState(null, '', address);
    }
    this.#readPlace();
  }

  #readPlace() {
    const wasInbox = this.#isInbox;
    this.#read();
    if (this.#isInbox !== wasInbox) {
      this.dispatchEvent(new Event('view'));
    }
  }

  #tellChange(before) {
    if (this.#conversationId !== before) {
      this.dispatchEvent(new Event('change'));
    }
  }

  #read() {
    const place = decodeHash(window.location.hash) || null;
    this.#isInbox = place === INBOX;
    if (!this.#isInbox) {
      this.#conversationId = place;
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
