import { change } from './api.js';
import { Announcer } from './announcer.js';
import { Attention } from './attention.js';
import { Composer } from './composer.js';
import { Conversation } from './conversation.js';
import { ConversationList } from './conversation-list.js';
import { ConversationListView } from './conversation-list-view.js';
import { serverNow } from './clock.js';
import { DeleteDialog } from './delete-dialog.js';
import { byId, element, setText } from './dom.js';
import { Drawer } from './drawer.js';
import { LogView } from './log-view.js';
import { Notice } from './notice.js';
import { Outbox } from './outbox.js';
import { Stream } from './stream.js';
import { awaitedUntil, timeline } from './timeline.js';

const ANSWER_TIMEOUT = 170_000; // milliseconds; the server answers within 150 s
const LIST_IS_BEHIND = 3_000; // milliseconds until the server's list knows what has just begun

/** The chat of who is signed in: holds the open conversation together with everything that shows and changes it. */
export class Chat {
  #router;
  #conversation = null; // null: a new one, which has no id yet
  #stream = null;
  #isGone = false;
  #renderIsDue = false;
  #thinkingTimer = null;
  #outbox = new Outbox();
  #list = new ConversationList();
  #attention = new Attention();
  #announcer = new Announcer();
  #drawer = new Drawer();
  #composer = new Composer((text) => this.#send(text));
  #notice = new Notice(() => this.#composer.focusUnlessTouch());
  #log = new LogView({
    retry: (send) => this.#retry(send),
    discard: (send) => this.#discard(send),
    purchaseChanged: (purchase) => this.#purchaseChanged(purchase),
  });
  #dialog = new DeleteDialog((item) => this.#deleted(item));
  #listView = new ConversationListView(this.#list, (item) => this.#dialog.ask(item));

  constructor(router) {
    this.#router = router;
  }

  start() {
    this.#router.addEventListener('change', () => this.#open(this.#router.conversationId));
    this.#outbox.addEventListener('change', () => this.#render());
    this.#list.addEventListener('change', () => this.#showList());
    this.#attention.addEventListener('away', () => this.#stream?.close());
    this.#attention.addEventListener('back', () => {
      this.#stream?.open();
      this.#refreshList();
    });
    byId('new-conversation').addEventListener('click', () => this.#begin());
    byId('skip').addEventListener('click', () => this.#composer.focus());
    for (const example of document.querySelectorAll('.example')) {
      example.addEventListener('click', () => this.#send(example.textContent) && this.#composer.focusUnlessTouch());
    }
    this.#open(this.#router.conversationId);
    this.#refreshList();
  }

  sessionEnded() {
    this.#stream?.close();
    const signIn = element('a', { class: 'button small primary', href: '/oauth2/authorization/countersign', 'data-sign-in': '' }, 'Sign in');
    this.#notice.show('session', 'Your session has ended. What you typed is kept.', signIn);
  }

  tell(words) {
    this.#notice.show('problem', words);
  }

  // --- which conversation is open

  #open(conversationId) {
    this.#show(conversationId ? new Conversation(conversationId) : null);
    this.#log.clear();
    this.#composer.open(conversationId);
    this.#drawer.close();
    this.#render();
    this.#stream?.open();
  }

  /** Puts a conversation in the place of the former one, whose events are told to nobody any more. */
  #show(conversation) {
    this.#stream?.close();
    this.#stream = null;
    this.#conversation = conversation;
    this.#isGone = false;
    setText(byId('connection'), '');
    if (this.#notice.kind !== 'session') {
      this.#notice.hide();
    }
    if (conversation) {
      this.#follow(conversation);
    }
    this.#showList();
  }

  #follow(conversation) {
    const stream = new Stream(conversation.id);
    this.#stream = stream;
    this.#announcer.follow(conversation);
    conversation.addEventListener('change', () => {
      const sends = this.#outbox.of(conversation.id);
      conversation.findArrived(sends);
      sends.filter((send) => conversation.hasAnswered(send)).forEach((send) => this.#outbox.remove(send));
      this.#list.said(conversation.id, conversation.lastMessage);
      this.#render();
    });
    stream.addEventListener('snapshot', ({ detail }) => conversation.takeAll(detail));
    stream.addEventListener('message', ({ detail }) => conversation.takeMessage(detail));
    stream.addEventListener('purchase', ({ detail }) => conversation.takePurchase(detail));
    stream.addEventListener('connection', ({ detail: isLive }) => this.#showConnection(isLive));
    stream.addEventListener('ended', () => this.#gone(conversation));
  }

  #showConnection(isLive) {
    const connection = byId('connection');
    if (isLive && connection.textContent !== '') {
      this.#refreshList(); // it may be out of date too
    }
    setText(connection, isLive ? '' : 'Connection lost, trying again…');
  }

  /** A new conversation; what could not be said in the former one comes along. */
  #begin(text = '') {
    this.#router.begin();
    if (text !== '' && this.#composer.text === '') {
      this.#composer.giveBack(text);
    }
    this.#composer.focus();
  }

  #gone(conversation) {
    if (this.#dialog.deleting === conversation.id) {
      return; // the user knows
    }
    this.#list.removed(conversation.id);
    this.#isGone = true;
    setText(byId('connection'), '');
    this.#offerNewConversation('This conversation was deleted.');
    this.#render();
  }

  #offerNewConversation(words) {
    const begin = element(
      'button',
      { class: 'button small primary', type: 'button', onclick: () => this.#takeAlong() },
      'New conversation',
    );
    this.#notice.show('new', words, begin);
  }

  #takeAlong() {
    const text = this.#composer.text;
    this.#composer.empty();
    this.#begin(text);
  }

  #deleted(item) {
    const index = this.#listView.indexOf(item.conversationId);
    this.#list.removed(item.conversationId);
    if (this.#conversation?.id === item.conversationId) {
      this.#stream.close();
      this.#begin();
    } else {
      this.#listView.focusRow(index);
    }
  }

  // --- sending

  /** Whether the text was taken. */
  #send(text) {
    if (this.#isGone) {
      return false;
    }
    if (this.#isBeginning()) {
      this.tell('Your first message is still being answered. Please send this one after that.');
      return false; // there is no conversation yet in which to send it
    }
    if (this.#notice.kind === 'problem' || this.#notice.kind === 'new') {
      this.#notice.hide();
    }
    const send = this.#outbox.add(text, this.#conversation?.id ?? null, this.#conversation?.lastMessage?.id ?? 0);
    this.#log.toEnd();
    this.#deliver(send);
    return true;
  }

  #isBeginning() {
    return this.#conversation === null && this.#outbox.of(null).some(({ state }) => state === 'sending');
  }

  async #deliver(send) {
    this.#outbox.sending(send);
    try {
      const answer = await change('POST', '/api/chat', {
        body: { message: send.text, ...(send.conversationId && { conversationId: send.conversationId }) },
        headers: { 'Idempotency-Key': send.key },
        timeout: ANSWER_TIMEOUT,
      });
      this.#answered(send, answer);
    } catch (problem) {
      this.#notAnswered(send, problem);
    }
  }

  #answered(send, answer) {
    const { conversationId } = answer;
    if (send.conversationId === null) {
      this.#began(send, conversationId);
    }
    if (this.#conversation?.id === conversationId) {
      this.#conversation.arrived(send, answer.messages[0].id);
      this.#conversation.takeAll(answer);
    }
    this.#list.said(conversationId, answer.messages.at(-1));
    this.#outbox.remove(send);
  }

  /** The first answer of a new conversation names it. Who looks at another one meanwhile stays there. */
  #began(send, conversationId) {
    this.#list.began(conversationId, send.text);
    if (this.#conversation === null) {
      const conversation = new Conversation(conversationId);
      conversation.loaded = true; // all of it is news
      this.#router.named(conversationId);
      this.#show(conversation);
      this.#composer.named(conversationId);
      this.#stream.open();
    }
    this.#refreshList();
    setTimeout(() => this.#refreshList(), LIST_IS_BEHIND);
  }

  #notAnswered(send, problem) {
    if (!this.#outbox.has(send)) {
      return; // the events were faster
    }
    if (problem.passes) {
      this.#outbox.failed(send, sendingWords(problem));
      return;
    }
    this.#outbox.remove(send);
    if (send.conversationId === (this.#conversation?.id ?? null)) {
      this.#refused(send, problem);
    } else {
      this.#composer.keep(send.text, send.conversationId);
    }
  }

  #refused(send, problem) {
    this.#composer.giveBack(send.text);
    if (problem.status === 404) {
      this.#gone(this.#conversation);
    } else if (problem.status === 409) {
      this.#offerNewConversation(problem.message);
    } else if (problem.status !== 401) {
      this.tell(problem.message);
    }
  }

  #retry(send) {
    this.#deliver(send);
    this.#composer.focusUnlessTouch(); // the button has gone
  }

  #discard(send) {
    this.#outbox.remove(send);
    this.#composer.focusUnlessTouch();
  }

  // --- showing

  /** By the user; whose card it was may not be open any more. */
  #purchaseChanged(purchase) {
    if (purchase.conversationId === this.#conversation?.id) {
      this.#conversation.takePurchase(purchase);
    }
  }

  /** Once for all news of one moment. */
  #render() {
    if (!this.#renderIsDue) {
      this.#renderIsDue = true;
      queueMicrotask(() => {
        this.#renderIsDue = false;
        this.#renderNow();
      });
    }
  }

  #renderNow() {
    const sends = this.#outbox.of(this.#conversation?.id ?? null);
    const entries = timeline(this.#conversation, sends);
    byId('examples').hidden = this.#conversation !== null || entries.length > 0;
    this.#log.show(entries, this.#isThinking(sends));
  }

  /** While a message is on its way, here or in another tab. */
  #isThinking(sends) {
    clearTimeout(this.#thinkingTimer);
    if (this.#isGone) {
      return false;
    }
    const last = this.#conversation?.lastMessage;
    const left = last?.role === 'user' ? awaitedUntil(last) - serverNow() : 0;
    if (left > 0) {
      this.#thinkingTimer = setTimeout(() => this.#render(), left);
    }
    return left > 0 || sends.some(({ state }) => state === 'sending');
  }

  #showList() {
    const id = this.#conversation?.id ?? null;
    this.#listView.show(id);
    const title = this.#list.find(id)?.title;
    document.title = title ? `${title} – Countersign` : 'Countersign';
  }

  #refreshList() {
    this.#list.refresh().catch(() => this.#listView.failed());
  }
}

/** Why an answer did not come, for people: the server speaks to programs when it is in trouble. */
function sendingWords({ status, message }) {
  if (status === 504) {
    return 'The answer takes longer than usual.';
  }
  return status >= 500 ? 'Countersign has a problem at the moment.' : message;
}
