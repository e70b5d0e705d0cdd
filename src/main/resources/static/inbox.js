import { Announcer } from './announcer.js';
import { isLive, lookOf, nameOf } from './call-words.js';
import { byId, element } from './dom.js';
import { EndedCalls } from './ended-calls.js';
import { EndedView } from './ended-view.js';
import { pageTitle } from './page-title.js';
import { RememberedView } from './remembered-view.js';
import { WaitingView } from './waiting-view.js';

/** What waits for the user over all conversations, and below it what became of the rest. */
export class Inbox {
  #router;
  #open;
  #ended = new EndedCalls();
  #announcer = new Announcer();
  #waitingView;
  #rememberedView = new RememberedView();
  #endedView;

  /**
   * @param {OpenCalls} openCalls
   * @param {function(object): boolean} onAskAgain asks for the same once more in the call's conversation; whether that was taken
   */
  constructor(router, openCalls, onAskAgain) {
    this.#router = router;
    this.#open = openCalls;
    this.#waitingView = new WaitingView(openCalls);
    this.#endedView = new EndedView(this.#ended, onAskAgain);
  }

  start() {
    this.#router.addEventListener('view', () => this.#show(true));
    this.#open.addEventListener('change', () => this.#count());
    this.#open.addEventListener('arrived', ({ detail }) => this.#announce(detail));
    this.#open.addEventListener('told', ({ detail }) => isLive(detail) || this.#ended.take(detail));
    this.#open.addEventListener('ended', ({ detail }) => this.#hasEnded(detail));
    this.#open.addEventListener('connection', ({ detail }) => this.#showConnection(detail));
    document.addEventListener('visibilitychange', () => document.hidden || this.#readAgain());
    byId('skip-inbox').addEventListener('click', (event) => {
      event.preventDefault(); // the part of the address after # is a place of this page
      byId('inbox-title').focus();
    });
    this.#show(false);
  }

  sessionEnded() {
    const signIn = element('a', { class: 'button small primary', href: '/oauth2/authorization/countersign', 'data-sign-in': true });
    signIn.append('Sign in');
    this.#notice('Your session has ended.', signIn);
  }

  tell(words) {
    this.#notice(words);
  }

  #notice(words, ...remedy) {
    byId('inbox-notice').replaceChildren(element('p', {}, words), ...remedy);
    byId('inbox-notice').hidden = false;
  }

  /** @param {boolean} isMove whether the user has gone here or away, and the page wasn't loaded here */
  #show(isMove) {
    const { isInbox } = this.#router;
    this.#open.isInFront = isInbox;
    this.#readAgain();
    if (isInbox && isMove) {
      byId('inbox').scrollTop = 0;
      byId('inbox-title').focus({ preventScroll: true });
    }
  }

  /** What nobody tells by itself: that something has ended which was not known to go on, and what is remembered. */
  #readAgain() {
    if (this.#router.isInbox) {
      this.#endedView.refresh();
      this.#rememberedView.refresh();
    }
  }

  #count() {
    pageTitle.waiting = this.#open.waiting;
  }

  #hasEnded(call) {
    this.#announce(call);
    if (this.#router.isInbox && call.status === 'DONE') {
      this.#rememberedView.refresh(); // its approval may count on
    }
  }

  /** What happens in the open conversation is announced by it. */
  #announce(call) {
    const isToldElsewhere = call.conversationId !== null && call.conversationId === this.#router.conversationId;
    if (this.#router.isInbox && !isToldElsewhere) {
      this.#announcer.tell(isLive(call) ? `New in your inbox: ${nameOf(call)}` : `${nameOf(call)}: ${lookOf(call).label}`);
    }
  }

  #showConnection(isThere) {
    const isBack = isThere && !byId('inbox-connection').hidden;
    byId('inbox-connection').hidden = isThere;
    if (isBack || (isThere && this.#endedView.hasFailed)) {
      this.#readAgain();
    } else if (isThere) {
      this.#rememberedView.refreshIfFailed();
    }
    if (isThere && !byId('inbox-notice').hidden) {
      byId('inbox-notice').hidden = true; // signed in again, in another tab
    }
  }
}
