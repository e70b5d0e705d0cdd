import { arrange, byId, element, setText } from './dom.js';
import { icon } from './icons.js';
import { addressOf } from './router.js';

/** The list of conversations. */
export class ConversationListView {
  #list = byId('conversation-list');
  #note = byId('conversation-list-note');
  #more = byId('more-conversations');
  #rows = new Map();
  #conversations;
  #onDelete;

  /** @param {function(object)} onDelete gets the item whose button was pressed */
  constructor(conversations, onDelete) {
    this.#conversations = conversations;
    this.#onDelete = onDelete;
    this.#more.addEventListener('click', () => this.#showMore());
  }

  /** @param {?string} openId the conversation that is open */
  show(openId) {
    const items = this.#conversations.items;
    const rows = new Map(items.map((item) => [item.conversationId, this.#rows.get(item.conversationId) ?? this.#row()]));
    this.#rows = rows;
    items.forEach((item) => rows.get(item.conversationId).update(item, item.conversationId === openId));
    arrange(this.#list, [...rows.values()].map((row) => row.node));
    this.#more.hidden = !this.#conversations.hasMore;
    this.#say(items.length === 0 && this.#conversations.isLoaded ? 'Your conversations will be listed here.' : '');
  }

  failed() {
    this.#say('Your conversations can’t be listed at the moment.');
  }

  /** After a deletion: the row that took its place, or the last one. */
  focusRow(index) {
    const links = this.#list.querySelectorAll('a');
    (links[Math.min(index, links.length - 1)] ?? byId('new-conversation')).focus();
  }

  indexOf(conversationId) {
    return [...this.#rows.keys()].indexOf(conversationId);
  }

  async #showMore() {
    const from = this.#rows.size;
    try {
      await this.#conversations.more();
      this.focusRow(from);
    } catch {
      this.failed();
    }
  }

  #say(words) {
    setText(this.#note, words);
    this.#note.hidden = words === '';
  }

  #row() {
    const link = element('a', { class: 'conversation-link', dir: 'auto' });
    const last = element('span', { class: 'conversation-last', 'aria-hidden': 'true' });
    let shown;
    const remove = element(
      'button',
      { class: 'button quiet icon-button conversation-delete', type: 'button', onclick: () => this.#onDelete(shown) },
      icon('trash'),
    );
    const node = element('li', { class: 'conversation' }, link, last, remove);
    return {
      node,
      update(item, isOpen) {
        shown = item;
        link.setAttribute('href', addressOf(item.conversationId));
        setText(link, item.title);
        link.title = item.title;
        setText(last, item.lastMessage?.text ?? '');
        remove.setAttribute('aria-label', `Delete ${item.title}`);
        node.classList.toggle('open', isOpen);
        if (isOpen) {
          link.setAttribute('aria-current', 'page');
        } else {
          link.removeAttribute('aria-current');
        }
      },
    };
  }
}
