import { arrange, byId, setText } from './dom.js';
import { MessageView } from './message-view.js';
import { CallCard } from './call-card.js';
import { nameOf } from './call-words.js';

const NEAR_END = 80; // pixels: who is this close reads along

/** Messages and calls, oldest first, with the typing indicator at the end. Stays at the end while the reader is there. */
export class LogView {
  #log = byId('log');
  #list = byId('messages');
  #thinking = byId('thinking');
  #jump = byId('jump');
  #views = new Map();
  #atEnd = true;
  #actions;

  /** @param actions `{retry(send), discard(send), callChanged(call)}` */
  constructor(actions) {
    this.#actions = { ...actions, showCall: (id) => this.#showCall(id) };
    this.#log.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    this.#jump.addEventListener('click', () => {
      this.toEnd();
      this.#log.focus({ preventScroll: true });
    });
    new ResizeObserver(() => this.#follow()).observe(this.#log);
    setInterval(() => this.#views.forEach((view) => view.tick?.()), 1_000);
  }

  /** Another conversation: nothing of the former stays. */
  clear() {
    this.#views.clear();
    this.#list.replaceChildren();
    this.#atEnd = true;
    this.#jump.hidden = true;
  }

  /** @param entries those of `timeline` */
  show(entries, isThinking) {
    const before = this.#views.size;
    const names = new Map(entries.filter((e) => e.call).map((e) => [e.call.id, nameOf(e.call)]));
    const views = new Map();
    for (const entry of entries) {
      const view = this.#views.get(entry.key) ?? this.#viewOf(entry, names);
      view.update(entry);
      views.set(entry.key, view);
    }
    this.#views = views;
    arrange(this.#list, [...views.values()].map((view) => view.node));
    setText(this.#thinking, isThinking ? 'Thinking…' : '');
    this.#jump.hidden = this.#atEnd || (this.#jump.hidden && views.size <= before);
    this.#follow();
  }

  toEnd() {
    this.#atEnd = true;
    this.#follow();
  }

  #viewOf(entry, names) {
    return entry.kind === 'call'
      ? new CallCard(entry, this.#actions.callChanged)
      : new MessageView(entry, this.#actions, names.get(entry.message.callId));
  }

  #follow() {
    if (this.#atEnd) {
      this.#log.scrollTop = this.#log.scrollHeight;
      this.#jump.hidden = true;
    }
  }

  #scrolled() {
    this.#atEnd = this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight < NEAR_END;
    if (this.#atEnd) {
      this.#jump.hidden = true;
    }
  }

  #showCall(id) {
    const article = this.#views.get(`call-${id}`)?.article;
    article?.scrollIntoView({ block: 'center' });
    article?.focus({ preventScroll: true });
  }
}
