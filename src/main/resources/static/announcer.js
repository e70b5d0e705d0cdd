import { byId, element } from './dom.js';
import { lookOf, nameOf } from './call-words.js';

const FORGET_AFTER = 10_000;

/** Tells a screen reader what is new, and only that: the log itself is silent, or it would be read out whole. */
export class Announcer {
  #region = byId('announcer');

  /** @param {Conversation} conversation whose news is told from now on */
  follow(conversation) {
    conversation.addEventListener('said', ({ detail: message }) => {
      if (message.role === 'assistant') {
        this.tell(`Assistant: ${message.text}`);
      }
    });
    conversation.addEventListener('moved', ({ detail: call }) => {
      this.tell(`${nameOf(call)}: ${lookOf(call).label}`); // the assistant says the rest
    });
  }

  tell(words) {
    const line = element('p', {}, words);
    this.#region.append(line);
    setTimeout(() => line.remove(), FORGET_AFTER);
  }
}
