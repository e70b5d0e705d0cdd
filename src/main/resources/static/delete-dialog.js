import { change } from './api.js';
import { titleOf } from './conversation-list-view.js';
import { byId, setText } from './dom.js';

/** Asks once, then deletes. */
export class DeleteDialog {
  #dialog = byId('delete-dialog');
  #confirm = byId('delete-confirm');
  #problem = byId('delete-problem');
  #item = null; // a copy for each asking: an answer to an earlier one changes nothing in the dialog
  #deleting = new Set(); // ids
  #onDeleted;

  /** @param {function(object)} onDeleted gets the item that is gone */
  constructor(onDeleted) {
    this.#onDeleted = onDeleted;
    byId('delete-keep').addEventListener('click', () => this.#dialog.close());
    this.#confirm.addEventListener('click', () => this.#delete());
  }

  ask(item) {
    this.#item = { ...item };
    this.#confirm.disabled = false;
    this.#problem.hidden = true;
    setText(byId('delete-name'), titleOf(item));
    this.#dialog.showModal();
    byId('delete-keep').focus();
  }

  /** Whether a conversation is just being deleted from here. */
  isDeleting(conversationId) {
    return this.#deleting.has(conversationId);
  }

  async #delete() {
    const item = this.#item;
    const { conversationId } = item;
    this.#confirm.disabled = true;
    this.#deleting.add(conversationId);
    try {
      await change('DELETE', `/api/chat/${encodeURIComponent(conversationId)}`);
      this.#deleted(item);
    } catch (problem) {
      if (problem.status === 404) {
        this.#deleted(item); // somebody was faster
      } else if (this.#item === item) {
        setText(this.#problem, problem.message);
        this.#problem.hidden = false;
      }
    } finally {
      this.#deleting.delete(conversationId);
      if (this.#item === item) {
        this.#confirm.disabled = false;
      }
    }
  }

  #deleted(item) {
    if (this.#item === item) {
      this.#dialog.close();
    }
    this.#onDeleted(item);
  }
}
