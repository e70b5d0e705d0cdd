import { Announcer } from './announcer.js';
import { Attention } from './attention.js';
import { askAgainWords } from './call-words.js';
import { Composer } from './composer.js';
import { Conversation } from './conversation.js';
import { byId, element, setText } from './dom.js';
import { Notice } from './notice.js';
import { Outbox } from './outbox.js';
import { Screen } from './screen.js';
import { Sending } from './sending.js';
import { Sidebar } from './sidebar.js';
import { Stream } from './stream.js';

/** The chat of who is signed in: holds the open conversation together with everything that shows and changes it. */
export class Chat {
  #router;
  #conversation = null; // null: a new one, which has no id yet
  #stream = null;
  #attention = new Attention();
  #announcer = new Announcer();
  #sidebar = new Sidebar();
  #composer = new Composer((text) => this.#send(text));
  #notice = new Notice(() => this.#composer.focusUnlessTouch());
  #outbox = new Outbox();
  #sending = new Sending(this.#outbox, this.#composer, this.#notice);
  #screen = new Screen(this.#outbox, {
    retry: (send) => this.#sending.retry(send),
    discard: (send) => this.#sending.discard(send),
    callChanged: (call) => this.#callChanged(call),
    askAgain: (call) => this.#send(askAgainWords(call)),
    tell: (words) => this.#notice.tell(words),
  });

  constructor(router) {
    this.#router = router;
  }

  start() {
    this.#router.addEventListener('change', () => this.#open(this.#router.conversationId));
    this.#router.addEventListener('view', () => (this.#sidebar.isElsewhere = this.#router.isInbox));
    this.#sending.addEventListener('begun', ({ detail }) => this.#began(detail));
    this.#sending.addEventListener('answered', ({ detail }) => this.#answered(detail));
    this.#sending.addEventListener('gone', () => this.#gone(this.#conversation));
    this.#sending.addEventListener('full', ({ detail }) => this.#offerNewConversation(detail));
    this.#sidebar.addEventListener('deleted', () => this.#begin());
    this.#attention.addEventListener('away', () => this.#stream?.close());
    this.#attention.addEventListener('back', () => this.#lookAgain());
    byId('new-conversation').addEventListener('click', () => this.#begin());
    byId('skip').addEventListener('click', (event) => {
      event.preventDefault(); // the part of the address after # names a conversation
      this.#composer.focus();
    });
    for (const example of document.querySelectorAll('.example')) {
      example.addEventListener('click', () => this.#send(example.textContent) && this.#composer.focusUnlessTouch());
    }
    this.#open(this.#router.conversationId);
    this.#sidebar.isElsewhere = this.#router.isInbox;
    this.#sidebar.refresh();
  }

  sessionEnded() {
    this.#stream?.close();
    const signIn = { class: 'button small primary', href: '/oauth2/authorization/countersign', 'data-sign-in': true };
    this.#notice.insist('Your session has ended. What you typed is kept.', element('a', signIn, 'Sign in'));
  }

  tell(words) {
    this.#notice.tell(words);
  }

  /** What becomes of a call, which events may not tell: that nobody answers for it any more. */
  hear(call) {
    this.#conversation?.hearOf(call);
  }

  /** Asks for the same as this call once more, where it was asked for. Whether that was taken. */
  askAgain(call) {
    this.#router.open(call.conversationId);
    return this.#send(askAgainWords(call));
  }

  // --- which conversation is open

  #open(conversationId) {
    this.#screen.clear();
    this.#show(conversationId ? new Conversation(conversationId) : null);
    this.#composer.open(conversationId);
    this.#sidebar.closeDrawer();
    this.#stream?.open();
  }

  /** Puts a conversation in the place of the former one, whose events are told to nobody any more. */
  #show(conversation) {
    this.#stream?.close();
    this.#stream = conversation && this.#follow(conversation);
    this.#conversation = conversation;
    this.#sending.opened(conversation);
    this.#notice.clear();
    setText(byId('connection'), '');
    this.#screen.show(conversation);
    this.#sidebar.opened(conversation?.id ?? null);
  }

  #follow(conversation) {
    conversation.addEventListener('change', () => this.#changed(conversation));
    this.#announcer.follow(conversation);
    const stream = new Stream(conversation.id);
    stream.addEventListener('snapshot', ({ detail }) => {
      this.#outbox.known(conversation.id, detail.messages.at(-1)?.id ?? 0);
      conversation.takeAll(detail);
    });
    stream.addEventListener('message', ({ detail }) => conversation.takeMessage(detail));
    stream.addEventListener('call', ({ detail }) => conversation.takeCall(detail));
    stream.addEventListener('draft', ({ detail }) => conversation.takeDraft(detail));
    stream.addEventListener('connection', ({ detail: isLive }) => this.#showConnection(isLive));
    stream.addEventListener('ended', () => this.#gone(conversation));
    return stream;
  }

  #changed(conversation) {
    const sends = this.#outbox.of(conversation.id);
    conversation.findArrived(sends);
    sends.filter((send) => conversation.hasAnswered(send)).forEach((send) => this.#outbox.remove(send));
    this.#sidebar.said(conversation.id, conversation.lastMessage);
    this.#screen.render();
  }

  #showConnection(isLive) {
    const connection = byId('connection');
    if (isLive) {
      this.#notice.settled(); // signed in again, in another tab
    }
    if (isLive && connection.textContent !== '') {
      this.#sidebar.refresh(); // it may be out of date too
    }
    setText(connection, isLive ? '' : 'Connection lost, trying again…');
  }

  /** What could not be listed before. */
  listAgain() {
    this.#sidebar.refreshIfFailed();
  }

  #lookAgain() {
    this.#stream?.open();
    this.#sidebar.refresh();
  }

  #callChanged(call) {
    if (call.conversationId === this.#conversation?.id) {
      this.#conversation.takeCall(call); // else the user has gone elsewhere meanwhile
    }
  }

  // --- new ones

  #begin() {
    this.#router.begin();
    this.#composer.focus();
  }

  #offerNewConversation(words) {
    const begin = { class: 'button small primary', type: 'button', onclick: () => this.#beginWithDraft() };
    this.#notice.tell(words, element('button', begin, 'New conversation'));
  }

  /** What could not be said here is said there. */
  #beginWithDraft() {
    const { text } = this.#composer;
    this.#composer.empty();
    this.#begin();
    this.#composer.giveBack(text);
  }

  #gone(conversation) {
    if (this.#sidebar.isDeleting(conversation.id)) {
      return; // the user knows
    }
    conversation.end();
    this.#sidebar.removed(conversation.id);
    setText(byId('connection'), '');
    this.#offerNewConversation('This conversation was deleted.');
  }

  // --- what was said

  /** Whether the text was taken. */
  #send(text) {
    const isTaken = this.#sending.send(text);
    if (isTaken) {
      this.#screen.toEnd();
    }
    return isTaken;
  }

  #answered({ send, answer }) {
    const { conversationId, messages } = answer;
    if (this.#notice.isUrgent) {
      this.#notice.settled();
      this.#lookAgain();
    }
    if (this.#conversation?.id === conversationId) {
      this.#conversation.arrived(send, messages[0].id);
      this.#conversation.takeAll(answer);
    }
    this.#sidebar.said(conversationId, messages.at(-1));
  }

  /** A new conversation has got its id. Who looks at another one meanwhile stays there. */
  #began({ conversationId, text: firstMessage }) {
    if (this.#conversation === null) {
      this.#router.named(conversationId);
      this.#show(Conversation.begun(conversationId));
      this.#composer.named(conversationId);
      this.#stream.open();
    }
    this.#sidebar.began(conversationId, firstMessage);
  }
}
