import { change } from './api.js';
import { byId, element, setText } from './dom.js';
import { linkedText } from './linked-text.js';

/**
 * The answer that is still coming, below all messages: that it is thought about, what may be shown of it already, and the
 * button that ends it. Event `failed` with words when it could not be stopped.
 */
export class ComingAnswer extends EventTarget {
  #thinking = byId('thinking');
  #draft = byId('draft');
  #text = element('div', { class: 'message-text', dir: 'auto' });
  #stop = byId('stop');
  #shown = '';
  #question = null;
  #stopping = null;

  constructor() {
    super();
    this.#draft.append(element('span', { class: 'visually-hidden' }, 'Assistant, still writing: '), this.#text);
    this.#stop.addEventListener('click', () => this.#end());
  }

  /**
   * @param {boolean} isComing whether an answer is waited for
   * @param {string} draft what may be shown of it; empty: nothing
   * @param {?{conversationId: string, messageId: number}} question what is answered; null: nothing that the server has
   */
  show(isComing, draft, question) {
    const words = draft === '' ? 'Thinking…' : 'Answering…';
    setText(this.#thinking, isComing ? words : '');
    if (this.#shown !== draft) {
      this.#shown = draft;
      this.#text.replaceChildren(linkedText(draft));
    }
    this.#draft.hidden = draft === '';
    this.#question = isComing ? question : null;
    const isStopping = this.#stopping !== null && this.#stopping === keyOf(this.#question);
    this.#stop.setAttribute('aria-disabled', String(isStopping));
    setText(this.#stop, isStopping ? 'Stopping…' : 'Stop');
    this.#hideStop(this.#question === null);
  }

  /** Who has pressed it by the keyboard goes on in the log. */
  #hideStop(isHidden) {
    if (isHidden && this.#stop === document.activeElement) {
      byId('log').focus({ preventScroll: true });
    }
    this.#stop.hidden = isHidden;
  }

  async #end() {
    const question = this.#question;
    if (question === null || this.#stopping === keyOf(question)) {
      return;
    }
    this.#stopping = keyOf(question);
    this.#stop.setAttribute('aria-disabled', 'true');
    setText(this.#stop, 'Stopping…');
    try {
      await change('POST', `/api/chat/${encodeURIComponent(question.conversationId)}/messages/${question.messageId}/stop`);
    } catch {
      this.#stopping = null;
      this.#stop.setAttribute('aria-disabled', 'false');
      setText(this.#stop, 'Stop');
      this.dispatchEvent(new CustomEvent('failed', { detail: 'The answer could not be stopped. Please try again.' }));
    }
  }
}

const keyOf = (question) => question && `${question.conversationId} ${question.messageId}`;
