import { change } from './api.js';

const ANSWER_TIMEOUT = 170_000; // milliseconds; the server answers within 150 s

/**
 * Brings what is in the outbox to the server. Events: `answered` with `{send, answer}`, when the send is still in the outbox;
 * `refused` with `{send, problem}`, when trying again would not help and the send has left the outbox.
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
      this.#tell('refused', { send, problem });
    }
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** For people: in trouble the server speaks to programs. */
function wordsFor({ status, message }) {
  if (status === 504) {
    return 'The answer takes longer than usual.';
  }
  return status >= 500 ? 'Countersign has a problem at the moment.' : message;
}
