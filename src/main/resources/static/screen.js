import { serverNow } from './clock.js';
import { ComingAnswer } from './coming-answer.js';
import { byId } from './dom.js';
import { LogView } from './log-view.js';
import { awaitedUntil, timeline } from './timeline.js';

/** Shows the open conversation with what is on its way to it. */
export class Screen {
  #log;
  #coming = new ComingAnswer();
  #outbox;
  #conversation = null;
  #isDue = false;
  #thinkingTimer = null;

  /** @param actions those of `LogView`, and `tell(words)` */
  constructor(outbox, actions) {
    this.#outbox = outbox;
    this.#log = new LogView(actions);
    outbox.addEventListener('change', () => this.render());
    this.#coming.addEventListener('failed', ({ detail }) => actions.tell(detail));
  }

  /** @param {?Conversation} conversation null: a new one, which has no id yet */
  show(conversation) {
    this.#conversation = conversation;
    this.render();
  }

  /** Nothing of another conversation stays; not to be called when a new one has got its id. */
  clear() {
    this.#log.clear();
  }

  toEnd() {
    this.#log.toEnd();
  }

  /** Once for all news of one moment. */
  render() {
    if (!this.#isDue) {
      this.#isDue = true;
      queueMicrotask(() => {
        this.#isDue = false;
        this.#renderNow();
      });
    }
  }

  #renderNow() {
    const sends = this.#outbox.of(this.#conversation?.id ?? null);
    const entries = timeline(this.#conversation, sends);
    byId('examples').hidden = this.#conversation !== null || entries.length > 0;
    this.#log.show(entries);
    const isComing = !this.#conversation?.isGone && this.#isThinking(sends);
    this.#coming.show(isComing, isComing ? (this.#conversation?.draft ?? '') : '', this.#question);
  }

  get #isBeingWritten() {
    return (this.#conversation?.draft ?? '') !== '';
  }

  /** What is being answered: the newest message, if it is the user's. */
  get #question() {
    const last = this.#conversation?.lastMessage;
    return last?.role === 'user' ? { conversationId: this.#conversation.id, messageId: last.id } : null;
  }

  /** While a message is on its way or being answered, be it sent here or in another tab. */
  #isThinking(sends) {
    clearTimeout(this.#thinkingTimer);
    const last = this.#conversation?.lastMessage;
    const left = last?.role === 'user' ? awaitedUntil(last) - serverNow() : 0;
    if (left > 0) {
      this.#thinkingTimer = setTimeout(() => this.render(), left);
    }
    return left > 0 || this.#isBeingWritten || sends.some(({ state }) => state === 'sending');
  }
}
