import { change } from './api.js';
import { byId, setText } from './dom.js';

/** Asks for another title, then has it kept. */
export class RenameDialog {
  #dialog = byId('rename-dialog');
  #field = byId('rename-title');
  #save = byId('rename-save');
  #problem = byId('rename-problem');
  #item = null;
  #onRenamed;

  /** @param {function(object, string)} onRenamed gets the item and its new title; the dialog is closed then */
  constructor(onRenamed) {
    this.#onRenamed = onRenamed;
    byId('rename-cancel').addEventListener('click', () => this.#dialog.close());
    byId('rename-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#rename();
    });
  }

  ask(item) {
    this.#item = item;
    this.#say('');
    this.#field.value = item.title ?? '';
    this.#dialog.showModal();
    this.#field.select();
  }

  async #rename() {
    const title = this.#field.value.trim();
    if (title === '') {
      this.#say('Please write a title.');
      this.#field.focus();
      return;
    }
    if (this.#save.disabled) {
      return; // Enter while it is under way
    }
    this.#save.disabled = true;
    try {
      const path = `/api/chat/${encodeURIComponent(this.#item.conversationId)}`;
      const renamed = await change('PATCH', path, { body: { title } });
      this.#dialog.close();
      this.#onRenamed(this.#item, renamed.title);
    } catch (problem) {
      this.#say(problem.status === 404 ? 'This conversation was deleted.' : problem.message);
    } finally {
      this.#save.disabled = false;
    }
  }

  #say(words) {
    setText(this.#problem, words);
    this.#problem.hidden = words === '';
    this.#field.setAttribute('aria-invalid', String(words !== ''));
  }
}
