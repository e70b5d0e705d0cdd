import { byId, element } from './dom.js';

/** One sentence above the composer about what keeps the chat from going on, and what helps. */
export class Notice {
  #node = byId('notice');
  #kind = null;
  #onClose;

  /** @param {function()} onClose when the user has closed it */
  constructor(onClose) {
    this.#onClose = onClose;
  }

  /**
   * @param {string} kind what it is about; a later one replaces it
   * @param {string} words the sentence
   * @param {?Node} remedy link or button
   */
  show(kind, words, remedy = null) {
    this.#kind = kind;
    this.#node.replaceChildren(element('p', {}, words), ...(remedy ? [remedy] : [this.#closeButton()]));
    this.#node.hidden = false;
  }

  hide() {
    this.#kind = null;
    this.#node.hidden = true;
    this.#node.replaceChildren();
  }

  get kind() {
    return this.#kind;
  }

  #closeButton() {
    const close = () => {
      this.hide();
      this.#onClose();
    };
    return element('button', { class: 'button small quiet', type: 'button', onclick: close }, 'Close');
  }
}
