import { change } from './api.js';
import { byId, setText } from './dom.js';

/** Asks for another title, then has it kept. */
export class RenameDialog {
  #dialog = byId('rename-dialog');
  #field = byId('rename-title');
  #save = byId('rename-save');
  #problem = byId('rename-problem');
  #item = null; // a copy for each asking: an answer to an earlier one changes nothing in the dialog
  #onRenamed;

  /** @param {function(object, string)} onRenamed gets the item and its new title */
  constructor(onRenamed) {
    this.#onRenamed = onRenamed;
    byId('rename-cancel').addEventListener('click', () => this.#dialog.close());
    byId('rename-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#rename();
    });
  }

  ask(item) {
    this.#item = { ...item };
    this.#save.disabled = false;
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
    const item = this.#item;
    this.#save.disabled = true;
    try {
      const renamed = await change('PATCH', `/api/chat/${encodeURIComponent(item.conversationId)}`, { body: { title } });
      if (this.#item === item) {
        this.#dialog.close();
      }
      this.#onRenamed(item, renamed.title);
    } catch (problem) {
      if (this.#item === item) {
        this.#say(problem.status === 404 ? 'This conversation was deleted.' : problem.message);
      }
    } finally {
      if (this.#item === item) {
        this.#save.disabled = false;
      }
    }
  }

  #say(words) {
    setText(this.#problem, words);
    this.#problem.hidden = words === '';
    this.#field.setAttribute('aria-invalid', String(words !== ''));
  }
}
