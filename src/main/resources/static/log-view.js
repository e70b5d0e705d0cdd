import { arrange, byId, element } from './dom.js';
import { icon } from './icons.js';
import { MessageView } from './message-view.js';
import { CallCard } from './call-card.js';

const NEAR_END = 80; // pixels: who is this close reads along
const ABOVE_CARD = 12;

/**
 * Messages and calls, oldest first, with the answer that is still coming at the end. Follows what comes while the reader reads along, but
 * never past the head of a card that is the newest: what is asked stands there.
 */
export class LogView {
  #log = byId('log');
  #list = byId('messages');
  #coming = byId('coming');
  #jump = byId('jump');
  #views = new Map();
  #newest = ''; // tells whether there is something new
  #isUnread = false;
  #follows = true;
  #actions;

  /** @param actions `{retry(send), discard(send), callChanged(call), askAgain(call)}` */
  constructor(actions) {
    this.#actions = { ...actions, showCall: (id) => this.#showCall(id) };
    this.#log.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    this.#jump.addEventListener('click', () => {
      this.toEnd();
      this.#log.focus({ preventScroll: true });
    });
    const sizes = new ResizeObserver(() => this.#follow());
    sizes.observe(this.#log);
    sizes.observe(this.#coming); // words come
    setInterval(() => this.#views.forEach((view) => view.tick()), 1_000);
  }

  /** Another conversation: nothing of the former stays. */
  clear() {
    this.#views.clear();
    this.#list.replaceChildren();
    this.#newest = '';
    this.#isUnread = false;
    this.#follows = true;
    this.#offerJump();
  }

  /** @param entries those of `timeline` */
  show(entries) {
    const views = new Map();
    for (const entry of entries) {
      const view = this.#views.get(entry.key) ?? this.#viewOf(entry);
      view.update(entry);
      views.set(entry.key, view);
    }
    this.#views = views;
    arrange(this.#list, [...views.values()].map((view) => view.node));
    const newest = entries.map(({ key, call, said }) => `${key} ${call?.status} ${said?.length}`).join();
    this.#isUnread ||= newest !== this.#newest;
    this.#newest = newest;
    this.#follow();
  }

  toEnd() {
    this.#follows = true;
    this.#log.scrollTop = this.#log.scrollHeight;
    this.#follow();
  }

  #viewOf(entry) {
    return entry.kind === 'call'
      ? new CallCard(entry, this.#actions.callChanged, this.#actions.askAgain)
      : new MessageView(entry, this.#actions);
  }

  /** Only ever downwards: who has read on stays there. */
  #follow() {
    if (this.#follows) {
      this.#log.scrollTop = Math.max(this.#log.scrollTop, this.#place());
    }
    this.#offerJump();
  }

  /** Where the log is scrolled to for who reads along. */
  #place() {
    const end = this.#log.scrollHeight - this.#log.clientHeight;
    const last = this.#list.lastElementChild;
    return last?.classList.contains('call-entry') ? Math.min(end, last.offsetTop - ABOVE_CARD) : end;
  }

  #scrolled() {
    this.#follows = this.#log.scrollTop > this.#place() - NEAR_END;
    this.#offerJump();
  }

  /** To who doesn't read along. What is left of a card that is followed to its head needs no pointing at. */
  #offerJump() {
    this.#isUnread &&= !this.#follows;
    this.#jump.hidden = this.#follows;
    const words = this.#isUnread ? 'New messages' : 'To the newest';
    if (!this.#jump.hidden && this.#jump.dataset.words !== words) {
      this.#jump.dataset.words = words;
      this.#jump.classList.toggle('icon-button', !this.#isUnread);
      this.#jump.replaceChildren(icon('down'), element('span', { class: this.#isUnread ? '' : 'visually-hidden' }, words));
    }
  }

  #showCall(id) {
    const article = this.#views.get(`call-${id}`)?.article;
    article?.scrollIntoView({ block: 'center' });
    article?.focus({ preventScroll: true });
  }
}
