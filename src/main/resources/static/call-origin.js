import { myConversations } from './conversation-list.js';
import { element, setText } from './dom.js';
import { icon } from './icons.js';
import { addressOf } from './router.js';

/** Where a call comes from: a link to its conversation, or that there is none. */
export class CallOrigin {
  #conversationId;
  #name = element('bdi', {});

  constructor({ conversationId }) {
    this.#conversationId = conversationId;
    this.node = conversationId
      ? element('a', { class: 'call-origin', href: addressOf(conversationId) }, icon('chat'), this.#name)
      : element('p', { class: 'call-origin' }, icon('plug'), 'Outside of any conversation');
    this.update();
  }

  /** The title may have become known, or another one. */
  update() {
    if (this.#conversationId) {
      setText(this.#name, myConversations.find(this.#conversationId)?.title ?? 'Open the conversation');
    }
  }
}
