import { change } from './api.js';
import { byId, setText } from './dom.js';

/** Asks once, then deletes. */
export class DeleteDialog {
  #dialog = byId('delete-dialog');
  #confirm = byId('delete-confirm');
  #problem = byId('delete-problem');
  #item = null;
  #onDeleted;

  /** @param {function(object)} onDeleted gets the item that is gone; the dialog is closed then */
  constructor(onDeleted) {
    this.#onDeleted = onDeleted;
    byId('delete-keep').addEventListener('click', () => this.#dialog.close());
    this.#confirm.addEventListener('click', () => this.#delete());
  }

  ask(item) {
    this.#item = item;
    this.#problem.hidden = true;
    setText(byId('delete-name'), item.title);
    this.#dialog.showModal();
    byId('delete-keep').focus();
  }

  /** Id of the conversation that is just being deleted, or null. */
  get deleting() {
    return this.#confirm.disabled ? this.#item.conversationId : null;
  }

  async #delete() {
    this.#confirm.disabled = true;
    try {
      await change('DELETE', `/api/chat/${encodeURIComponent(this.#item.conversationId)}`);
      this.#deleted();
    } catch (problem) {
      if (problem.status === 404) {
        this.#deleted(); // somebody was faster
      } else {
        setText(this.#problem, problem.message);
        this.#problem.hidden = false;
      }
    } finally {
      this.#confirm.disabled = false;
    }
  }

  #deleted() {
    this.#dialog.close();
    this.#onDeleted(this.#item);
  }
}
