import { change } from './api.js';

const BEGIN_TIMEOUT = 40_000; // milliseconds
const ANSWER_TIMEOUT = 170_000; // milliseconds; the server answers within 150 s

/**
 * Brings what is in the outbox to the server. Events: `begun` with the send, when it has begun a conversation; `answered` with `{send, answer}`, when the send is still in the outbox;
 * `refused` with `{send, status, words}`, when the same send would be refused again and has left the outbox.
 */
export class Sender extends EventTarget {
  #outbox;

  constructor(outbox) {
    super();
    this.#outbox = outbox;
  }

  async deliver(send) {
    this.#outbox.sending(send);
    try {
      if (send.conversationId === null) {
        await this.#begin(send);
      }
      const answer = await this.#post(send, {}, ANSWER_TIMEOUT);
      this.#tell('answered', { send, answer });
      this.#outbox.remove(send);
    } catch (problem) {
      this.#notAnswered(send, problem);
    }
  }

  /** The id of a new conversation is wanted before the answer, which can be followed then. */
  async #begin(send) {
    const { conversationId } = await this.#post(send, { Prefer: 'respond-async' }, BEGIN_TIMEOUT);
    if (this.#outbox.has(send)) {
      this.#outbox.begun(send, conversationId);
      this.#tell('begun', send);
    }
  }

  #post(send, headers, timeout) {
    return change('POST', '/api/chat', {
      body: { message: send.text, ...(send.conversationId && { conversationId: send.conversationId }) },
      headers: { 'Idempotency-Key': send.key, ...headers },
      timeout,
    });
  }

  #notAnswered(send, problem) {
    if (!this.#outbox.has(send)) {
      return; // the events were faster
    }
    if (problem.passes) {
      this.#outbox.failed(send, wordsFor(problem));
    } else {
      this.#outbox.remove(send);
      this.#tell('refused', { send, status: problem.status, words: wordsFor(problem) });
    }
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

const WORDS = {
  401: 'You were signed out before an answer came.',
  403: 'The page is out of date. Please reload it.',
  422: 'This was not taken. Please send it again.', // the key that it was sent under belongs to another message
  504: 'The assistant is still working on the answer, and nothing is lost.',
};

/** For people: in trouble the server speaks to programs. */
const wordsFor = ({ status, message }) =>
  WORDS[status] ?? (status >= 500 ? 'Countersign has a problem at the moment.' : message);
