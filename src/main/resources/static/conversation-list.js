import { get } from './api.js';

const NEW_FOR = 60_000; // milliseconds until a list surely knows a conversation that began here

/** My conversations, newest first, as many pages as were asked for. Event `change`. */
class ConversationList extends EventTarget {
  #items = new Map();
  #deleted = new Set();
  #cursor = null;
  #pages = 0;
  #turn = 0; // of the newest page: answers to an older question are dropped
  #renamings = 0;
  #hasFailed = false;
  #isAsking = 0; // refreshes under way

  get items() {
    return [...this.#items.values()].sort((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt));
  }

  get isLoaded() {
    return this.#pages > 0;
  }

  /** Whether the newest page could not be had again. */
  get hasFailed() {
    return this.#hasFailed;
  }

  get hasMore() {
    return this.#cursor !== null;
  }

  find(id) {
    return this.#items.get(id);
  }

  /** The newest page again; what was shown beyond it stays, and all of it if that fails. */
  async refresh() {
    const turn = ++this.#turn;
    this.#isAsking++;
    const page = await this.#ask('/api/chat').catch(() => null);
    this.#isAsking--;
    if (turn !== this.#turn) {
      return;
    }
    this.#hasFailed = page === null;
    if (page === null) {
      this.#changed();
    } else {
      this.#takeNewest(page);
    }
  }

  /** What could not be had, unless an answer is awaited. */
  refreshIfFailed() {
    if (this.#hasFailed && this.#isAsking === 0) {
      this.refresh();
    }
  }

  async more() {
    const page = await this.#ask(`/api/chat?cursor=${encodeURIComponent(this.#cursor)}`);
    this.#cursor = page.cursor;
    this.#pages++;
    this.#keep(page.conversations);
  }

  /** A conversation that began here, which the server's list may not know for a moment. */
  began(conversationId, firstMessage) {
    if (!this.#items.has(conversationId)) {
      const startedAt = new Date().toISOString();
      this.#keep([{ conversationId, title: firstMessage, lastMessage: null, startedAt, beganHere: Date.now() }]);
    }
  }

  /** Whether that is news. */
  said(conversationId, message) {
    const item = this.#items.get(conversationId);
    const isNews = Boolean(item && message && (item.lastMessage?.id ?? 0) < message.id);
    if (isNews) {
      item.lastMessage = message;
      this.#changed();
    }
    return isNews;
  }

  renamed(conversationId, title) {
    this.#renamings++;
    const item = this.#items.get(conversationId);
    if (item) {
      item.title = title;
      this.#changed();
    }
  }

  removed(conversationId) {
    this.#deleted.add(conversationId);
    if (this.#items.delete(conversationId)) {
      this.#changed();
    }
  }

  /** Asks anew if something was renamed before the answer came, which may have the title that it had. */
  async #ask(path) {
    for (;;) {
      const renamings = this.#renamings;
      const page = await get(path);
      if (renamings === this.#renamings) {
        return page;
      }
    }
  }

  #takeNewest(page) {
    const oldest = page.cursor === null ? -Infinity : Math.min(...page.conversations.map((each) => Date.parse(each.startedAt)));
    const listed = new Set(page.conversations.map((each) => each.conversationId));
    for (const item of this.items) {
      const isNew = item.beganHere && Date.now() - item.beganHere < NEW_FOR;
      if (!listed.has(item.conversationId) && Date.parse(item.startedAt) >= oldest && !isNew) {
        this.#items.delete(item.conversationId);
      }
    }
    if (this.#pages <= 1) {
      this.#cursor = page.cursor;
      this.#pages = 1;
    }
    this.#keep(page.conversations);
  }

  #keep(conversations) {
    for (const each of conversations.filter(({ conversationId }) => !this.#deleted.has(conversationId))) {
      const known = this.#items.get(each.conversationId);
      const isBehind = (known?.lastMessage?.id ?? 0) > (each.lastMessage?.id ?? 0);
      const title = each.title ?? known?.title ?? null; // one that doesn't answer says none
      this.#items.set(each.conversationId, { ...each, title, ...(isBehind && { lastMessage: known.lastMessage }) });
    }
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}

/** The one list of this tab. */
export const myConversations = new ConversationList();
