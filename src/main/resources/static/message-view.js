import { fullTime, shortTime } from './clock.js';
import { element, setText } from './dom.js';
import { linkedText } from './linked-text.js';

/** One message in the log: said, on its way, or failed on its way. */
export class MessageView {
  #time = element('time', { class: 'message-time' });
  #problem = null;
  #actions;

  /** @param actions `{retry(send), discard(send), showCall(id)}` */
  constructor({ message }, actions, callName) {
    this.#actions = actions;
    const speaker = message.role === 'user' ? 'You' : 'Assistant';
    this.node = element(
      'li',
      { class: `entry message ${message.role}`, 'data-role': message.role },
      element('span', { class: 'visually-hidden' }, `${speaker}: `),
      ...(message.callId ? [this.#callTag(message.callId, callName)] : []),
      element('div', { class: 'message-text', dir: 'auto' }, linkedText(message.text)),
      this.#time,
    );
  }

  update({ message, send }) {
    this.node.classList.toggle('pending', message.id === null && send.state === 'sending');
    if (message.id !== null) {
      this.node.dataset.messageId = message.id;
    }
    this.#showTime(message, send);
    this.#showProblem(send);
  }

  #showTime(message, send) {
    this.#time.dateTime = message.at;
    this.#time.title = fullTime(message.at);
    setText(this.#time, message.id === null && send.state === 'sending' ? 'Sending…' : shortTime(message.at));
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

  #callTag(id, name) {
    return element(
      'button',
      { class: 'call-tag', type: 'button', title: 'Show the request', onclick: () => this.#actions.showCall(id) },
      element('bdi', {}, name ?? 'Request'),
    );
  }
}
