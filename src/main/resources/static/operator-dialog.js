import { change } from './api.js';
import { byId, setText } from './dom.js';
import { sentenceOf } from './operator-words.js';

/**
 * Asks once more before an operator changes something for a user, then has it done. Of each call it is asked anew: nothing stays
 * of the one before.
 */
export class OperatorDialog {
  #dialog;
  #title;
  #confirm;
  #problem;
  #act;
  #entry = null; // a copy for each asking: an answer to an earlier one changes nothing in the dialog
  #onDone;
  #onFailed;

  /**
   * @param {string} act `cancel` or `settle`, as the API calls it, and the ids of the dialog's parts begin
   * @param {function(object)} onDone gets what the API has answered
   * @param {function(object)} onFailed gets the entry for which it wasn't done, or nobody knows whether it was
   * @param {function()} onClosed whoever was asked, and whatever came of it
   */
  constructor(act, { onDone, onFailed, onClosed }) {
    this.#act = act;
    this.#onDone = onDone;
    this.#onFailed = onFailed;
    this.#dialog = byId(`${act}-dialog`);
    this.#title = byId(`${act}-title`);
    this.#confirm = byId(`${act}-confirm`);
    this.#problem = byId(`${act}-problem`);
    this.#dialog.addEventListener('close', onClosed);
    byId(`${act}-keep`).addEventListener('click', () => this.#dialog.close());
  }

  ask(entry) {
    this.#entry = { ...entry };
    this.#confirm.disabled = false;
    this.say('');
    setText(byId(`${this.#act}-message`), entry.call.message);
    setText(byId(`${this.#act}-user`), entry.user);
    this.#dialog.showModal();
  }

  async confirm(body) {
    if (this.#confirm.disabled) {
      return; // Enter while it is under way
    }
    const entry = this.#entry;
    this.#confirm.disabled = true;
    this.say('');
    try {
      const answer = await change('POST', `/api/operator/calls/${encodeURIComponent(entry.call.id)}/${this.#act}`, { body });
      if (this.#entry === entry) {
        this.#dialog.close();
      }
      this.#onDone(answer);
    } catch (problem) {
      if (this.#entry === entry) {
        this.say(sentenceOf(problem));
      }
      this.#onFailed(entry);
    } finally {
      if (this.#entry === entry) {
        this.#confirm.disabled = false;
      }
    }
  }

  say(words) {
    setText(this.#problem, words);
    this.#problem.hidden = words === '';
  }
}
