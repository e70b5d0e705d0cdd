import { byId } from './dom.js';
import { OperatorDialog } from './operator-dialog.js';

/** Takes a user's call back, when the operator has confirmed that. */
export class CancelDialog {
  #dialog;

  /** @param actions those of `OperatorDialog` */
  constructor(actions) {
    this.#dialog = new OperatorDialog('cancel', actions);
    byId('cancel-confirm').addEventListener('click', () => this.#dialog.confirm());
  }

  ask(entry) {
    this.#dialog.ask(entry);
    byId('cancel-keep').focus();
  }
}
