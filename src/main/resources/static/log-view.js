import { arrange, byId, setText } from './dom.js';
import { MessageView } from './message-view.js';
import { PurchaseCard } from './purchase-card.js';
import { nameOf } from './purchase-words.js';

const NEAR_END = 80; // pixels: who is this close reads along

/** Messages and purchases, oldest first, with the typing indicator at the end. Stays at the end while the reader is there. */
export class LogView {
  #log = byId('log');
  #list = byId('messages');
  #thinking = byId('thinking');
  #jump = byId('jump');
  #views = new Map();
  #atEnd = true;
  #actions;

  /** @param actions `{retry(send), discard(send), purchaseChanged(purchase)}` */
  constructor(actions) {
    this.#actions = { ...actions, showPurchase: (id) => this.#showPurchase(id) };
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
    const names = new Map(entries.filter((e) => e.purchase).map((e) => [e.purchase.id, nameOf(e.purchase)]));
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
    return entry.kind === 'purchase'
      ? new PurchaseCard(entry, this.#actions.purchaseChanged)
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

  #showPurchase(id) {
    const article = this.#views.get(`purchase-${id}`)?.article;
    article?.scrollIntoView({ block: 'center' });
    article?.focus({ preventScroll: true });
  }
}
