import { fact, facts, givenOf, valueNode } from './arguments.js';
import { isLive, toolOf } from './call-words.js';
import { copyButton } from './copy-button.js';
import { preciseTime } from './dates.js';
import { arrange, byId, element, setText } from './dom.js';
import { stateNode } from './operator-list-view.js';
import { canBeCancelled, canBeSettled, lookOf, momentsOf, sentenceOf } from './operator-words.js';
import { ReceiptView } from './receipt-view.js';
import { preciseTimeNode } from './time-view.js';

/** All that is told of one call, and what an operator may do with it: not approve it. */
export class OperatorCallView {
  #node = byId('call');
  #title = byId('call-title');
  #state = byId('call-state');
  #message = byId('call-message');
  #reason = byId('call-reason');
  #content = byId('call-content');
  #parts = byId('call-parts');
  #note = byId('call-note');
  #problem = byId('call-problem');
  #cancel = byId('cancel-call');
  #settle = byId('settle-call');
  #refresh = byId('refresh-call');
  #onUser;
  #shown = null; // what the parts were made of
  #receipt = null;
  #readAt = null;

  /**
   * @param {WatchedCall} watched
   * @param actions `{cancel(entry), settle(entry), listUser(digest), close()}`
   */
  constructor(watched, actions) {
    this.#onUser = actions.listUser;
    watched.addEventListener('told', ({ detail }) => this.#show(detail));
    watched.addEventListener('failed', ({ detail }) => this.#tell(detail));
    this.#cancel.addEventListener('click', () => actions.cancel(watched.entry));
    this.#settle.addEventListener('click', () => actions.settle(watched.entry));
    this.#refresh.addEventListener('click', () => watched.refresh());
    byId('close-call').addEventListener('click', () => actions.close());
  }

  /** Empty, until something is told of the call. */
  open(id) {
    this.#shown = null;
    this.#receipt = new ReceiptView(id);
    this.#readAt = null;
    this.#node.removeAttribute('data-tone');
    this.#content.hidden = true;
    this.#problem.hidden = true;
    setText(this.#title, 'Call');
    setText(this.#note, 'Loading…');
    this.#state.replaceChildren();
    this.#state.hidden = true;
    this.#title.focus({ preventScroll: true });
    this.#node.scrollTop = 0;
  }

  #show(entry) {
    const { call } = entry;
    this.#readAt = new Date();
    this.#problem.hidden = true;
    this.#content.hidden = false;
    this.#state.hidden = false;
    this.#node.dataset.status = call.status;
    this.#node.dataset.tone = lookOf(call).tone;
    setText(this.#title, toolOf(call));
    stateNode(call, this.#state);
    setText(this.#message, call.message);
    setText(this.#reason, call.reason ?? '');
    byId('call-reason-part').hidden = call.reason === null;
    setText(this.#note, `As of ${preciseTime(this.#readAt)}`);
    this.#showButtons(call);
    const made = JSON.stringify(entry);
    if (this.#shown !== made) {
      this.#shown = made;
      const parts = [...this.#partsOf(entry), ...(isLive(call) ? [] : [this.#receipt.node])];
      arrange(this.#parts, parts);
    }
  }

  /** The focus must not fall out of the page with the button that a dialog has been opened by, or that was pressed. */
  keepFocus() {
    const { activeElement: focused } = document;
    if (focused === document.body || !focused.checkVisibility()) {
      this.#title.focus();
    }
  }

  #showButtons(call) {
    const hadFocus = byId('call-actions').contains(document.activeElement);
    this.#cancel.hidden = !canBeCancelled(call);
    this.#settle.hidden = !canBeSettled(call);
    byId('call-actions').hidden = this.#cancel.hidden && this.#settle.hidden;
    if (hadFocus) {
      this.keepFocus();
    }
  }

  #partsOf({ user, call }) {
    const parts = [part('Times', element('dl', { class: 'facts' }, ...momentsOf(call).map(({ name, at }) => fact(name, preciseTimeNode(at)))))];
    const given = givenOf(call.arguments);
    if (given.length > 0) {
      parts.unshift(part('Arguments', facts(given)));
    }
    if (call.result !== null) {
      parts.push(part('Result', valueNode(call.result)));
    }
    parts.push(part('Identity', element('dl', { class: 'facts' }, ...this.#identity(user, call))));
    return parts;
  }

  #identity(user, call) {
    const only = link('Only this user’s calls', () => this.#onUser(user));
    const rows = [
      fact('Status', code(call.status)),
      call.code && fact('Code', code(call.code)),
      fact('Tool', code(call.tool)),
      fact('User', element('div', { class: 'identity' }, code(user), copyButton(user, 'the user’s digest'), only)),
      fact('Call', element('div', { class: 'identity' }, code(call.id), copyButton(call.id, 'the call’s id'))),
      call.conversationId && fact('Conversation', code(call.conversationId)),
      call.unasked && fact('Approval', 'Not needed'),
      call.coveredBy && fact('Covered by', element('a', { href: `#${call.coveredBy.callId}` }, call.coveredBy.callId)),
      call.version !== null && fact('Version', String(call.version)),
    ];
    return rows.filter(Boolean);
  }

  #tell(problem) {
    if (problem.status === 401) {
      return; // which is told for the whole page
    }
    const kept = this.#readAt === null ? '' : ` What you see is as of ${preciseTime(this.#readAt)}.`;
    setText(this.#problem, problem.status === 404 ? `${problem.message} It may have been deleted.` : sentenceOf(problem) + kept);
    this.#problem.hidden = false;
    if (this.#readAt === null) {
      setText(this.#note, '');
    }
  }
}

function part(title, content) {
  return element('section', { class: 'operated-part' }, element('h3', {}, title), content);
}

const code = (text) => element('code', {}, text);

const link = (words, onclick) => element('button', { class: 'link', type: 'button', onclick }, words);
