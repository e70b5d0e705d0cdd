import { lookOf, nameOf } from './call-words.js';
import { agoTime, fullTime } from './dates.js';
import { element, setText } from './dom.js';
import { linkedText } from './linked-text.js';

/** One message in the log: said, on its way, or failed on its way. */
export class MessageView {
  #time = element('time', { class: 'message-time' });
  #problem = null;
  #tag = null;
  #actions;
  #entry = null;

  /** @param actions `{retry(send), discard(send), showCall(id)}`; null: nothing can be done with it */
  constructor({ message, about }, actions) {
    this.#actions = actions;
    const speaker = message.role === 'user' ? 'You' : 'Assistant';
    if (message.callId && actions) {
      this.#tag = this.#callTag(message.callId, about);
    }
    this.node = element(
      'li',
      { class: `entry message ${message.role}`, 'data-role': message.role },
      element('span', { class: 'visually-hidden' }, `${speaker}: `),
      ...(this.#tag ? [this.#tag] : []),
      element('div', { class: 'message-text', dir: 'auto' }, linkedText(message.text)),
      this.#time,
    );
  }

  /** On the card of the call that it is about. */
  static inCard(message) {
    return new MessageView({ message }, null);
  }

  /** @param entry `{message, send, about}`; `about` is the call whose news the message is */
  update(entry) {
    this.#entry = entry;
    const { message, send, about } = entry;
    this.node.classList.toggle('pending', message.id === null && send?.state === 'sending');
    if (message.id !== null) {
      this.node.dataset.messageId = message.id;
    }
    if (this.#tag && about) {
      this.#tag.dataset.tone = lookOf(about).tone;
      this.#tag.title = `${lookOf(about).label}. Show the request`;
    }
    this.#time.dateTime = message.at;
    this.#time.title = fullTime(message.at);
    this.#showProblem(send);
    this.tick();
  }

  /** Once a second: how long ago it was said. */
  tick() {
    const { message, send } = this.#entry;
    setText(this.#time, message.id === null && send?.state === 'sending' ? 'Sending…' : agoTime(message.at));
  }

  #showProblem(send) {
    const wanted = send?.state === 'failed' ? send.problem : null;
    if (this.#problem?.wanted === wanted) {
      return;
    }
    this.#problem?.node.remove();
    this.#problem = wanted === null || wanted === undefined ? null : { wanted, node: this.#problemNode(send) };
    if (this.#problem) {
      this.node.append(this.#problem.node);
    }
    this.node.classList.toggle('failed', this.#problem !== null);
  }

  #problemNode(send) {
    return element(
      'div',
      { class: 'message-problem', role: 'alert' },
      element('p', {}, `${send.problem} Trying again is safe: nothing is done twice.`),
      element(
        'div',
        { class: 'message-problem-buttons' },
        element('button', { class: 'button small', type: 'button', onclick: () => this.#actions.retry(send) }, 'Try again'),
        element('button', { class: 'button small quiet', type: 'button', onclick: () => this.#actions.discard(send) }, 'Discard'),
      ),
    );
  }

  #callTag(id, about) {
    return element(
      'button',
      { class: 'call-tag', type: 'button', title: 'Show the request', onclick: () => this.#actions.showCall(id) },
      element('span', { class: 'dot' }),
      element('bdi', {}, about ? nameOf(about) : 'Request'),
    );
  }
}
