import { byId, setText } from './dom.js';
import { memory } from './memory.js';

const LIMIT = 4_000; // characters of a message, as the server counts them
const NEAR = 3_600;

/** Where the user writes. What was typed is kept per conversation, over a reload and a login. */
export class Composer {
  #form = byId('composer');
  #field = byId('message');
  #send = byId('send');
  #limit = byId('message-limit');
  #draft = draftName(null);
  #onSend;

  /** @param {function(string): boolean} onSend gets the text; whether it was taken */
  constructor(onSend) {
    this.#onSend = onSend;
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#field.addEventListener('keydown', (event) => {
      const composing = event.isComposing || event.keyCode === 229; // the input method's own Enter
      if (event.key === 'Enter' && !event.shiftKey && !composing) {
        event.preventDefault();
        this.#submit();
      }
    });
    this.#field.addEventListener('input', () => this.#changed());
    this.#changed();
  }

  /** Shows the draft of a conversation; null: of a new one. */
  open(conversationId) {
    this.#draft = draftName(conversationId);
    this.#field.value = memory.read(this.#draft) ?? '';
    this.#changed();
    this.focusUnlessTouch();
  }

  /** The new conversation whose draft is shown got its id. */
  named(conversationId) {
    memory.write(this.#draft, null);
    this.#draft = draftName(conversationId);
    this.#changed();
  }

  get text() {
    return this.#field.value;
  }

  /** Gives words back that could not be sent; keeps what was typed meanwhile. */
  giveBack(text) {
    this.#field.value = joined(text, this.#field.value);
    this.#changed();
  }

  /** The same for a conversation that isn't open. */
  keep(text, conversationId) {
    const name = draftName(conversationId);
    memory.write(name, joined(text, memory.read(name) ?? ''));
  }

  empty() {
    this.#field.value = '';
    this.#changed();
  }

  focus() {
    this.#field.focus();
  }

  /** On a touch screen a focus would open the keyboard over what one wants to read. */
  focusUnlessTouch() {
    if (matchMedia('(hover: hover) and (pointer: fine)').matches) {
      this.#field.focus();
    }
  }

  #submit() {
    const text = this.#field.value.trim();
    if (text !== '' && text.length <= LIMIT && this.#onSend(text)) {
      this.empty();
    }
    this.#field.focus();
  }

  #changed() {
    const { length } = this.#field.value.trim();
    memory.write(this.#draft, this.#field.value);
    this.#send.setAttribute('aria-disabled', String(length === 0 || length > LIMIT));
    this.#form.classList.toggle('too-long', length > LIMIT);
    setText(this.#limit, this.#words(length));
    this.#field.style.height = 'auto';
    this.#field.style.height = `${this.#field.scrollHeight}px`;
  }

  #words(length) {
    if (length < NEAR) {
      return '';
    }
    const figures = `${length.toLocaleString('en')} of ${LIMIT.toLocaleString('en')} characters`;
    return length > LIMIT ? `${figures}: please shorten it.` : figures;
  }
}

const draftName = (conversationId) => `draft.${conversationId ?? 'new'}`;

const joined = (...texts) => texts.filter((text) => text.trim() !== '').join('\n');
