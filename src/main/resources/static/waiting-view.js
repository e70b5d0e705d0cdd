import { CallCard } from './call-card.js';
import { CallOrigin } from './call-origin.js';
import { waits } from './call-words.js';
import { arrange, byId, element, setText } from './dom.js';

/** The upper part of the inbox: a card for each call that goes on. */
export class WaitingView {
  #list = byId('waiting');
  #open;
  #entries = new Map();

  /** @param {OpenCalls} openCalls */
  constructor(openCalls) {
    this.#open = openCalls;
    openCalls.addEventListener('change', () => this.#show());
    setInterval(() => this.#entries.forEach(({ card }) => card.tick()), 1_000);
  }

  #show() {
    const { calls, waiting, hasMore } = this.#open;
    const hadFocus = this.#list.contains(document.activeElement);
    this.#entries = new Map(calls.map((call) => [call.id, this.#entries.get(call.id) ?? this.#entry(call)]));
    calls.forEach((call) => this.#entries.get(call.id).update(call));
    arrange(this.#list, [...this.#entries.values()].map(({ node }) => node));
    if (hadFocus && !this.#list.contains(document.activeElement)) {
      byId('waiting-title').focus(); // the card that had it has gone
    }
    setText(byId('waiting-count'), String(waiting));
    byId('waiting-count').hidden = waiting === 0;
    byId('waiting-none').hidden = calls.length > 0 || !this.#open.isKnown;
    byId('waiting-more').hidden = !hasMore;
  }

  #entry(call) {
    const card = new CallCard({ call }, (changed) => this.#open.take(changed));
    const origin = new CallOrigin(call);
    const node = element('li', { class: 'waiting-entry' }, origin.node, card.article);
    return {
      card,
      node,
      update(now) {
        card.update({ call: now });
        origin.update();
        node.classList.toggle('waits', waits(now));
      },
    };
  }
}
