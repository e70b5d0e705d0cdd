import { change } from './api.js';

const ANSWER_TIMEOUT = 170_000; // milliseconds; the server answers within 150 s

/**
 * Brings what is in the outbox to the server. Events: `answered` with `{send, answer}`, when the send is still in the outbox;
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
      const answer = await change('POST', '/api/chat', {
        body: { message: send.text, ...(send.conversationId && { conversationId: send.conversationId }) },
        headers: { 'Idempotency-Key': send.key },
        timeout: ANSWER_TIMEOUT,
      });
      this.#tell('answered', { send, answer });
      this.#outbox.remove(send);
    } catch (problem) {
      this.#notAnswered(send, problem);
    }
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
