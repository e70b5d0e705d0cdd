import { byId, element } from './dom.js';

/** One sentence above the composer about what keeps the chat from going on, and what helps. */
export class Notice {
  #node = byId('notice');
  #isUrgent = false;
  #onClose;

  /** @param {function()} onClose when the user has closed it */
  constructor(onClose) {
    this.#onClose = onClose;
  }

  /**
   * Tells, unless something urgent is being told.
   *
   * @param {string} words the sentence
   * @param {?Node} remedy link or button; null: it can be closed
   */
  tell(words, remedy = null) {
    if (!this.#isUrgent) {
      this.#show(words, remedy ?? this.#closeButton());
    }
  }

  /** Tells until it is settled: nothing else works before. */
  insist(words, remedy) {
    this.#isUrgent = true;
    this.#show(words, remedy);
  }

  /** Nothing is told any more, unless it is urgent. */
  clear() {
    if (!this.#isUrgent) {
      this.#node.hidden = true;
      this.#node.replaceChildren();
    }
  }

  get isUrgent() {
    return this.#isUrgent;
  }

  /** What was urgent is no more. */
  settled() {
    if (this.#isUrgent) {
      this.#isUrgent = false;
      this.clear();
    }
  }

  #show(words, remedy) {
    this.#node.replaceChildren(element('p', {}, words), remedy);
    this.#node.hidden = false;
  }

  #closeButton() {
    const close = () => {
      this.clear();
      this.#onClose();
    };
    return element('button', { class: 'button small quiet', type: 'button', onclick: close }, 'Close');
  }
}
