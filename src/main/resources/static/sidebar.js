import { ConversationList } from './conversation-list.js';
import { ConversationListView } from './conversation-list-view.js';
import { DeleteDialog } from './delete-dialog.js';
import { Drawer } from './drawer.js';

const LIST_IS_BEHIND = 3_000; // milliseconds until the server's list knows what has just begun

/** Everything about conversations but the open one's content. Event `deleted` when the user has deleted the open one. */
export class Sidebar extends EventTarget {
  #openId = null;
  #list = new ConversationList();
  #drawer = new Drawer();
  #dialog = new DeleteDialog((item) => this.#deleted(item));
  #view = new ConversationListView(this.#list, (item) => this.#dialog.ask(item));

  constructor() {
    super();
    this.#list.addEventListener('change', () => this.#show());
  }

  /** @param {?string} conversationId the one that is open now; null: a new one */
  opened(conversationId) {
    this.#openId = conversationId;
    this.#show();
  }

  closeDrawer() {
    this.#drawer.close();
  }

  refresh() {
    this.#list.refresh().catch(() => this.#view.failed());
  }

  began(conversationId, firstMessage) {
    this.#list.began(conversationId, firstMessage);
    this.refresh();
    setTimeout(() => this.refresh(), LIST_IS_BEHIND);
  }

  said(conversationId, message) {
    this.#list.said(conversationId, message);
  }

  /** Deleted elsewhere. */
  removed(conversationId) {
    this.#list.removed(conversationId);
  }

  isDeleting(conversationId) {
    return this.#dialog.deleting === conversationId;
  }

  #deleted({ conversationId }) {
    const index = this.#view.indexOf(conversationId);
    this.#list.removed(conversationId);
    if (conversationId === this.#openId) {
      this.dispatchEvent(new Event('deleted'));
    } else {
      this.#view.focusRow(index);
    }
  }

  #show() {
    this.#view.show(this.#openId);
    const title = this.#list.find(this.#openId)?.title;
    document.title = title ? `${title} – Countersign` : 'Countersign';
  }
}
