import { memory } from './memory.js';

const INTERRUPTED = 'The page was left before an answer came.';

/**
 * Messages on their way. Each keeps its `Idempotency-Key` until an answer came, over a reload too, so that trying again can't
 * do anything twice. Event `change`.
 *
 * A send is `{key, text, conversationId, after, at, state, problem}`: `after` is the number of the last message that was known
 * then (null: the conversation wasn't known yet), `at` when it was sent (ISO-8601), `state` one of `sending` and `failed`, `problem` why it failed.
 */
export class Outbox extends EventTarget {
  #sends = (memory.read('sends') ?? []).map((send) => ({ ...send, state: 'failed', problem: send.problem ?? INTERRUPTED }));

  /**
   * @param {?string} conversationId null: the first of a new conversation
   * @param {?number} after
   */
  add(text, conversationId, after) {
    const send = { key: newKey(), text, conversationId, after, at: new Date().toISOString(), state: 'sending', problem: null };
    this.#sends.push(send);
    this.#changed();
    return send;
  }

  /** The conversation has become known up to this message: what had been sent before comes later, as far as can be told. */
  known(conversationId, lastMessageId) {
    const early = this.of(conversationId).filter(({ after }) => after === null);
    if (early.length > 0) {
      early.forEach((send) => (send.after = lastMessageId));
      this.#changed();
    }
  }

  /** A send has begun a conversation. */
  begun(send, conversationId) {
    send.conversationId = conversationId;
    this.#changed();
  }

  of(conversationId) {
    return this.#sends.filter((send) => send.conversationId === conversationId);
  }

  has(send) {
    return this.#sends.includes(send);
  }

  sending(send) {
    Object.assign(send, { state: 'sending', problem: null });
    this.#changed();
  }

  failed(send, problem) {
    Object.assign(send, { state: 'failed', problem });
    this.#changed();
  }

  remove(send) {
    if (this.has(send)) {
      this.#sends = this.#sends.filter((each) => each !== send);
      this.#changed();
    }
  }

  #changed() {
    memory.write('sends', this.#sends.length > 0 ? this.#sends : null);
    this.dispatchEvent(new Event('change'));
  }
}

/** `crypto.randomUUID` exists in secure contexts only; a page served over plain HTTP needs keys too. */
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40; // version 4
  bytes[8] = (bytes[8] & 0x3f) | 0x80; // variant of RFC 9562
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
