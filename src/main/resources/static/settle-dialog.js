import { byId, setText } from './dom.js';
import { OperatorDialog } from './operator-dialog.js';

const CONFIRM = { true: 'Settle as done', false: 'Settle as not done' };

/** Says what became of a user's call whose outcome is unknown, when the operator has chosen and confirmed that. */
export class SettleDialog {
  #dialog;
  #form = byId('settle-form');

  /** @param actions those of `OperatorDialog` */
  constructor(actions) {
    this.#dialog = new OperatorDialog('settle', actions);
    this.#form.addEventListener('change', () => {
      this.#dialog.say('');
      this.#nameIt();
    });
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#settle();
    });
  }

  ask(entry) {
    this.#form.reset(); // of two answers none is more likely
    this.#nameIt();
    this.#dialog.ask(entry);
    byId('settle-done').focus();
  }

  #settle() {
    const done = this.#form.elements.done.value;
    if (done === '') {
      this.#dialog.say('Please say whether it was done.');
      byId('settle-done').focus();
      return;
    }
    this.#dialog.confirm({ done: done === 'true', words: byId('settle-words').value.trim() || null });
  }

  #nameIt() {
    setText(byId('settle-confirm'), CONFIRM[this.#form.elements.done.value] ?? 'Settle');
  }
}
