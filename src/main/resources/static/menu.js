const GAP = 6; // pixels between a button and its menu

/** A menu that opens at a button, over everything else. Escape, a choice, and a click beside it close it. */
export class Menu {
  #node;
  #button = null;

  constructor(node) {
    this.#node = node;
    // before the choice acts: what it opens gives the focus back to the button
    node.addEventListener('click', ({ target }) => target.closest('.menu-item') && node.hidePopover(), { capture: true });
    node.addEventListener('toggle', ({ newState }) => this.#toggled(newState === 'open'));
    node.addEventListener('keydown', (event) => this.#move(event));
    window.addEventListener('resize', () => this.close());
  }

  /**
   * Opens at this button from now on.
   *
   * @param {function()} onOpen what is to be done before
   */
  serve(button, onOpen = () => {}) {
    let wasOpen = false; // the press of the button is a click beside the menu, which closes it
    button.setAttribute('aria-haspopup', 'true');
    button.setAttribute('aria-expanded', 'false');
    button.addEventListener('pointerdown', () => (wasOpen = button.getAttribute('aria-expanded') === 'true'));
    button.addEventListener('click', () => {
      if (!wasOpen) {
        onOpen();
        this.#open(button);
      }
      wasOpen = false;
    });
  }

  close() {
    if (this.#node.matches(':popover-open')) {
      this.#node.hidePopover();
    }
  }

  #open(button) {
    this.close();
    this.#button?.setAttribute('aria-expanded', 'false'); // of closing and opening in one go only the opening is told
    this.#button = button;
    this.#node.showPopover();
    this.#place();
    this.#items[0]?.focus();
  }

  get #items() {
    return [...this.#node.querySelectorAll('.menu-item')].filter((item) => item.checkVisibility());
  }

  #toggled(isOpen) {
    this.#button?.setAttribute('aria-expanded', String(isOpen));
    if (!isOpen && this.#node.contains(document.activeElement)) {
      this.#button?.focus();
    }
  }

  #place() {
    const at = this.#button.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.#node;
    const fitsBelow = at.bottom + GAP + height <= window.innerHeight;
    const top = fitsBelow ? at.bottom + GAP : Math.max(GAP, at.top - GAP - height);
    const left = Math.min(Math.max(GAP, at.right - width), window.innerWidth - width - GAP);
    this.#node.style.top = `${top}px`;
    this.#node.style.left = `${left}px`;
  }

  #move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const items = this.#items;
      const index = items.indexOf(document.activeElement);
      items[(index + step + items.length) % items.length].focus();
    }
  }
}
