import { byId } from './dom.js';

/** On a narrow screen the list of conversations is behind a button. */
export class Drawer {
  #button = byId('toggle-conversations');
  #nav = byId('conversations');
  #backdrop = byId('backdrop');

  constructor() {
    this.#button.addEventListener('click', () => (this.isOpen ? this.close() : this.open()));
    this.#backdrop.addEventListener('click', () => this.close());
    byId('close-conversations').addEventListener('click', () => this.#dismiss());
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.isOpen && !document.querySelector('dialog[open], :popover-open')) {
        this.#dismiss();
      }
    });
    this.#nav.addEventListener('click', ({ target }) => target.closest('a') && this.close());
    this.#nav.addEventListener('focusout', ({ relatedTarget: next }) => {
      if (this.isOpen && next && !this.#nav.contains(next) && next !== this.#button && !next.closest('dialog')) {
        this.close();
      }
    });
  }

  get isOpen() {
    return this.#button.getAttribute('aria-expanded') === 'true';
  }

  open() {
    this.#set(true);
    this.#nav.querySelector('[aria-current], button').focus();
  }

  close() {
    this.#set(false);
  }

  #dismiss() {
    this.close();
    this.#button.focus();
  }

  #set(open) {
    this.#button.setAttribute('aria-expanded', String(open));
    this.#nav.classList.toggle('shown', open);
    this.#backdrop.hidden = !open;
  }
}
