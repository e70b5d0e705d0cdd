import { periodOf, rowTime } from './dates.js';
import { arrange, byId, element, setText } from './dom.js';
import { icon } from './icons.js';
import { markedText } from './marked-text.js';
import { Menu } from './menu.js';
import { addressOf } from './router.js';

const UNNAMED = 'Untitled conversation';
const UNLISTED = 'Your conversations can’t be listed at the moment.';

export const titleOf = ({ title }) => title ?? UNNAMED;

/** The list of conversations by the days on which they began, or of those that were found. */
export class ConversationListView {
  #list = byId('conversation-list');
  #note = byId('conversation-list-note');
  #more = byId('more-conversations');
  #menu = new Menu(byId('conversation-menu'));
  #rows = new Map();
  #periods = new Map();
  #conversations;
  #search;
  #chosen = null;

  /**
   * @param {ConversationList} conversations
   * @param {ConversationSearch} search shown in place of them while something is looked for
   * @param {{rename: function(object), remove: function(object)}} actions get the item that was chosen
   */
  constructor(conversations, search, actions) {
    this.#conversations = conversations;
    this.#search = search;
    this.#more.addEventListener('click', () => this.#showMore());
    byId('rename-conversation').addEventListener('click', () => actions.rename(this.#chosen));
    byId('delete-conversation').addEventListener('click', () => actions.remove(this.#chosen));
  }

  /** @param {?string} openId the conversation that is open; null: none of these */
  show(openId) {
    const { items, hasMore } = this.#shown;
    const rows = new Map(items.map((item) => [item.conversationId, this.#rows.get(item.conversationId) ?? this.#row()]));
    this.#rows = rows;
    const words = this.#search.words;
    items.forEach((item) => rows.get(item.conversationId).update(item, item.conversationId === openId, words));
    const periods = Map.groupBy(items, ({ startedAt }) => periodOf(startedAt));
    this.#periods = new Map([...periods.keys()].map((name) => [name, this.#periods.get(name) ?? period(name)]));
    arrange(this.#list, [...this.#periods.values()].map(({ node }) => node));
    periods.forEach((within, name) =>
      arrange(this.#periods.get(name).list, within.map(({ conversationId }) => rows.get(conversationId).node)));
    this.#more.hidden = !hasMore;
    this.#say(this.#words(items.length));
  }

  /** After a deletion: the row that took its place, or the last one. */
  focusRow(index) {
    const links = this.#list.querySelectorAll('a');
    (links[Math.min(index, links.length - 1)] ?? byId('new-conversation')).focus();
  }

  /** After a change of it. */
  focusMenuOf(conversationId) {
    this.#rows.get(conversationId)?.node.querySelector('button').focus();
  }

  indexOf(conversationId) {
    return [...this.#rows.keys()].indexOf(conversationId);
  }

  get #shown() {
    return this.#search.isOn ? this.#search : this.#conversations;
  }

  #words(count) {
    if (!this.#search.isOn && this.#conversations.hasFailed) {
      return UNLISTED;
    }
    if (!this.#search.isOn) {
      return count === 0 && this.#conversations.isLoaded ? 'Your conversations will be listed here.' : '';
    }
    if (this.#search.isSearching) {
      return 'Searching…';
    }
    if (this.#search.hasFailed) {
      return 'Your conversations can’t be searched at the moment.';
    }
    if (count > 0) {
      return '';
    }
    return this.#search.hasMore ? 'None of the newest conversations has these words.' : 'No conversation has these words.';
  }

  async #showMore() {
    const from = this.#rows.size;
    try {
      await this.#shown.more();
      if (this.#rows.size > from || this.#more.hidden) {
        this.focusRow(from);
      } else {
        this.#more.focus(); // it was hidden while more was looked for
      }
    } catch {
      this.#say(UNLISTED);
    }
  }

  #say(words) {
    setText(this.#note, words);
    this.#note.hidden = words === '';
  }

  #row() {
    const name = element('bdi', {});
    const link = element('a', { class: 'conversation-link' }, name);
    const time = element('time', { class: 'conversation-time' });
    const last = element('span', { class: 'conversation-last', dir: 'auto' });
    const more = element('button', { class: 'button quiet icon-button conversation-more', type: 'button' }, icon('more'));
    let shown;
    this.#menu.serve(more, () => (this.#chosen = shown));
    const node = element('li', { class: 'conversation' }, link, time, last, more);
    return {
      node,
      update(item, isOpen, words) {
        shown = item;
        const at = item.lastMessage?.at ?? item.startedAt;
        link.setAttribute('href', addressOf(item.conversationId));
        link.title = titleOf(item);
        name.replaceChildren(...markedText(titleOf(item), words));
        time.dateTime = at;
        setText(time, rowTime(at));
        last.replaceChildren(...markedText(item.found ?? item.lastMessage?.text ?? '', words));
        last.classList.toggle('found', Boolean(item.found));
        more.setAttribute('aria-label', `Options of ${titleOf(item)}`);
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

let periodCount = 0;

function period(name) {
  const id = `conversations-period-${++periodCount}`;
  const list = element('ul', { 'aria-labelledby': id });
  return { list, node: element('section', { class: 'conversation-period' }, element('h2', { id, class: 'period' }, name), list) };
}
