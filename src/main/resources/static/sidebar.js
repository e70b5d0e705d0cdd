import { myConversations } from './conversation-list.js';
import { ConversationListView } from './conversation-list-view.js';
import { ConversationSearch } from './conversation-search.js';
import { DeleteDialog } from './delete-dialog.js';
import { byId } from './dom.js';
import { Drawer } from './drawer.js';
import { pageTitle } from './page-title.js';
import { RenameDialog } from './rename-dialog.js';
import { tabs } from './tabs.js';

const LIST_IS_BEHIND = 3_000; // milliseconds until the server's list knows what has just begun

/**
 * Everything about conversations but the open one's content; what is done to them in this tab, the others are told. Event
 * `deleted` when the user has deleted the open one.
 */
export class Sidebar extends EventTarget {
  #openId = null;
  #isElsewhere = false;
  #list = myConversations;
  #search = new ConversationSearch();
  #drawer = new Drawer();
  #delete = new DeleteDialog((item) => this.#deleted(item));
  #rename = new RenameDialog((item, title) => this.#renamed(item, title));
  #view = new ConversationListView(this.#list, this.#search, {
    rename: (item) => this.#rename.ask(item),
    remove: (item) => this.#delete.ask(item),
  });

  constructor() {
    super();
    this.#list.addEventListener('change', () => this.#show());
    this.#search.addEventListener('change', () => this.#show());
    this.#listenToField(byId('search-conversations'));
    this.#listenToTabs();
  }

  /** @param {?string} conversationId the one that is open now; null: a new one */
  opened(conversationId) {
    this.#openId = conversationId;
    this.#show();
  }

  /** @param {boolean} isElsewhere whether something is in front of the open conversation */
  set isElsewhere(isElsewhere) {
    this.#isElsewhere = isElsewhere;
    this.#drawer.close();
    this.#show();
  }

  closeDrawer() {
    this.#drawer.close();
  }

  refresh() {
    this.#list.refresh();
  }

  /** What could not be listed. */
  refreshIfFailed() {
    this.#list.refreshIfFailed();
  }

  began(conversationId, firstMessage) {
    this.#begins(conversationId, firstMessage);
    tabs.tell('began', { conversationId, firstMessage });
  }

  said(conversationId, message) {
    if (this.#list.said(conversationId, message)) {
      tabs.tell('said', { conversationId, message });
    }
  }

  /** Deleted elsewhere. */
  removed(conversationId) {
    this.#list.removed(conversationId);
    this.#search.removed(conversationId);
  }

  isDeleting(conversationId) {
    return this.#delete.isDeleting(conversationId);
  }

  #listenToField(field) {
    field.addEventListener('input', () => this.#search.look(field.value.trim()));
    field.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && field.value !== '') {
        event.stopPropagation(); // it closes the drawer only if there is nothing to be cleared
        field.value = '';
        this.#search.look('');
      }
    });
  }

  #listenToTabs() {
    tabs.addEventListener('began', ({ detail }) => this.#begins(detail.conversationId, detail.firstMessage));
    tabs.addEventListener('said', ({ detail }) => this.#list.said(detail.conversationId, detail.message));
    tabs.addEventListener('renamed', ({ detail }) => this.#called(detail.conversationId, detail.title));
    tabs.addEventListener('removed', ({ detail }) => this.removed(detail));
  }

  #begins(conversationId, firstMessage) {
    this.#list.began(conversationId, firstMessage);
    this.refresh();
    setTimeout(() => this.refresh(), LIST_IS_BEHIND);
  }

  #renamed({ conversationId }, title) {
    this.#called(conversationId, title);
    tabs.tell('renamed', { conversationId, title });
    this.#view.focusMenuOf(conversationId);
  }

  #called(conversationId, title) {
    this.#list.renamed(conversationId, title);
    this.#search.renamed(conversationId, title);
  }

  #deleted({ conversationId }) {
    const index = this.#view.indexOf(conversationId);
    this.removed(conversationId);
    tabs.tell('removed', conversationId);
    if (conversationId === this.#openId) {
      this.dispatchEvent(new Event('deleted'));
    } else {
      this.#view.focusRow(index);
    }
  }

  #show() {
    this.#view.show(this.#isElsewhere ? null : this.#openId);
    pageTitle.conversation = this.#list.find(this.#openId)?.title ?? null;
  }
}
