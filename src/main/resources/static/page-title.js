const NAME = 'Countersign';

/** What the tab is called: how many wait, and what is shown. */
class PageTitle {
  #conversation = null;
  #isInbox = false;
  #waiting = 0;

  /** @param {?string} title of the open conversation; null: it has none yet */
  set conversation(title) {
    this.#conversation = title;
    this.#show();
  }

  set isInbox(isInbox) {
    this.#isInbox = isInbox;
    this.#show();
  }

  set waiting(count) {
    this.#waiting = count;
    this.#show();
  }

  /** Nobody's. */
  clear() {
    document.title = NAME;
  }

  #show() {
    const place = this.#isInbox ? 'Inbox' : this.#conversation;
    const count = this.#waiting > 0 ? `(${this.#waiting}) ` : '';
    document.title = count + (place ? `${place} – ${NAME}` : NAME);
  }
}

export const pageTitle = new PageTitle();
