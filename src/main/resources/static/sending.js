import { Sender } from './sender.js';

/**
 * What the user says: taken from the composer, kept until an answer came, given back to the composer when it can't be said.
 * Events: `begun` with the send that has begun a conversation; `answered` with `{send, answer}`; `gone` when the open conversation was deleted, `full` with words when it takes no
 * more.
 */
export class Sending extends EventTarget {
  #outbox;
  #composer;
  #notice;
  #sender;
  #conversation = null;

  constructor(outbox, composer, notice) {
    super();
    this.#outbox = outbox;
    this.#composer = composer;
    this.#notice = notice;
    this.#sender = new Sender(outbox);
    this.#sender.addEventListener('begun', ({ detail }) => this.#tell('begun', detail));
    this.#sender.addEventListener('answered', ({ detail }) => this.#tell('answered', detail));
    this.#sender.addEventListener('refused', ({ detail }) => this.#refused(detail));
  }

  /** @param {?Conversation} conversation the one in which things are said from now on; null: a new one */
  opened(conversation) {
    this.#conversation = conversation;
  }

  /** Whether the text was taken. */
  send(text) {
    if (this.#conversation?.isGone) {
      this.#tell('gone');
      return false;
    }
    if (this.#conversation === null && this.#outbox.of(null).some(({ state }) => state === 'sending')) {
      this.#notice.tell('Your first message is still on its way. Please send this one after that.');
      return false; // there is no conversation yet in which to send it
    }
    this.#notice.clear();
    this.#sender.deliver(this.#outbox.add(text, this.#conversation?.id ?? null, this.#lastKnown));
    return true;
  }

  get #lastKnown() {
    const isUnknown = this.#conversation !== null && !this.#conversation.isKnown;
    return isUnknown ? null : (this.#conversation?.lastMessage?.id ?? 0);
  }

  retry(send) {
    this.#sender.deliver(send);
    this.#composer.focusUnlessTouch(); // the button has gone
  }

  discard(send) {
    this.#outbox.remove(send);
    this.#composer.focusUnlessTouch();
  }

  #refused({ send, status, words }) {
    const isDeleted = status === 404;
    if (send.conversationId === (this.#conversation?.id ?? null)) {
      if (!this.#conversation?.hasArrived(send)) {
        this.#composer.giveBack(send.text);
      }
      this.#tellWhy(status, words);
    } else if (isDeleted) {
      this.#composer.keep(send.text, null);
      this.#notice.tell('A message could not be sent: its conversation was deleted. The text waits in a new conversation.');
    } else {
      this.#composer.keep(send.text, send.conversationId);
      this.#notice.tell(`A message could not be sent; its text waits in its conversation. ${words}`);
    }
  }

  #tellWhy(status, words) {
    if (status === 404 && this.#conversation !== null) {
      this.#tell('gone');
    } else if (status === 404) {
      this.#notice.tell('The conversation that this began was deleted. Send it again to begin another one.');
    } else if (status === 409) {
      this.#tell('full', words);
    } else {
      this.#notice.tell(words);
    }
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
