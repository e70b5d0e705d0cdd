import { isOvertaken } from './call-versions.js';

/**
 * What is known of one conversation. The same message or call may be told any number of times, by an answer and by events:
 * it is kept by its id. Event `change` after each news; `said` (a message) and `moved` (a call) tell what is new.
 */
export class Conversation extends EventTarget {
  #messages = new Map();
  #calls = new Map();
  #sentAs = new Map(); // key of the send by the number of the message that it became

  #draft = '';
  #isKnown = false;
  #isGone = false;

  constructor(id) {
    super();
    this.id = id;
  }

  /** One that has just begun: all of it is news. */
  static begun(id) {
    const conversation = new Conversation(id);
    conversation.#isKnown = true;
    return conversation;
  }

  get messages() {
    return [...this.#messages.values()].sort((a, b) => a.id - b.id);
  }

  get calls() {
    return [...this.#calls.values()].sort((a, b) => Date.parse(a.requestedAt) - Date.parse(b.requestedAt));
  }

  get lastMessage() {
    return this.messages.at(-1) ?? null;
  }

  /** Whether it was read. */
  get isKnown() {
    return this.#isKnown;
  }

  /** Whether it was deleted. */
  get isGone() {
    return this.#isGone;
  }

  /** It was deleted: nothing will change any more. */
  end() {
    this.#isGone = true;
    this.dispatchEvent(new Event('change'));
  }

  /** What may be shown of the answer that is still coming; empty: nothing. */
  get draft() {
    return this.#draft;
  }

  /** @param {{from: number, text: string}} draft how it goes on: so much of what was there stays, and that follows */
  takeDraft({ from, text }) {
    this.#draft = this.#draft.slice(0, from) + text;
    this.dispatchEvent(new Event('change'));
  }

  keyOf(messageId) {
    return this.#sentAs.get(messageId);
  }

  hasArrived(send) {
    return [...this.#sentAs.values()].includes(send.key);
  }

  /** An answer says which message a send has become, and is right where events had to be guessed from. */
  arrived(send, messageId) {
    [...this.#sentAs].filter(([, key]) => key === send.key).forEach(([guess]) => this.#sentAs.delete(guess));
    this.#sentAs.set(messageId, send.key);
  }

  /**
   * Events don't say it: finds it by the words, among the messages that came after it was sent. Of one that was sent before the
   * conversation was known nobody can tell which these are: the same words may stand there from before.
   */
  findArrived(sends) {
    for (const send of sends.filter((each) => each.after !== null && !this.hasArrived(each))) {
      const message = this.messages.find(
        ({ id, role, text }) => role === 'user' && id > send.after && text === send.text && !this.#sentAs.has(id),
      );
      if (message) {
        this.arrived(send, message.id);
      }
    }
  }

  /** Turns run one at a time, so what comes after a message of the user's is its answer. */
  hasAnswered(send) {
    const [messageId] = [...this.#sentAs].find(([, key]) => key === send.key) ?? [];
    return messageId !== undefined && this.lastMessage.id > messageId;
  }

  /** The whole, or what a turn has added. */
  takeAll({ messages, calls }) {
    const isNews = this.#isKnown;
    this.#isKnown = true;
    messages.forEach((message) => this.#keepMessage(message, isNews));
    calls.forEach((call) => this.#keepCall(call, isNews));
    this.dispatchEvent(new Event('change'));
  }

  takeMessage(message) {
    const isDraftOver = this.#draft !== '';
    this.#draft = ''; // what was said counts
    if (this.#keepMessage(message, true) || isDraftOver) {
      this.dispatchEvent(new Event('change'));
    }
  }

  takeCall(call) {
    if (this.#keepCall(call, true)) {
      this.dispatchEvent(new Event('change'));
    }
  }

  /** What was heard beside its events, of a call that it has. */
  hearOf(call) {
    const known = this.#calls.get(call.id);
    if (known && known !== call) {
      this.takeCall(call);
    }
  }

  #keepMessage(message, isNews) {
    if (this.#messages.has(message.id)) {
      return false; // what was said stays said
    }
    this.#messages.set(message.id, message);
    this.#draft = ''; // what was said counts
    if (isNews) {
      this.dispatchEvent(new CustomEvent('said', { detail: message }));
    }
    return true;
  }

  #keepCall(call, isNews) {
    const known = this.#calls.get(call.id);
    if (isOvertaken(call, known)) {
      return false; // an answer that came after an event
    }
    this.#calls.set(call.id, call);
    if (isNews && known?.status !== call.status) {
      this.dispatchEvent(new CustomEvent('moved', { detail: call }));
    }
    return true;
  }
}
