import { byId, element } from './dom.js';

/** One sentence above the composer about what keeps the chat from going on, and what helps. */
export class Notice {
  #node = byId('notice');
  #kind = null;

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
    return element('button', { class: 'button small quiet', type: 'button', onclick: () => this.hide() }, 'Close');
  }
}
