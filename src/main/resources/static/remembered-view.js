import { spelled } from './arguments.js';
import { CallOrigin } from './call-origin.js';
import { toolOf } from './call-words.js';
import { serverNow } from './clock.js';
import { arrange, byId, element, setText } from './dom.js';
import { myGrants } from './grants.js';
import { preciseTimeNode } from './time-view.js';

/** The middle part of the inbox, while there is any: what the user is not asked again for, and how they end that. */
export class RememberedView {
  #list = byId('remembered');
  #problem = byId('remembered-problem');
  #rows = new Map();
  #hasFailed = false;
  #isAsking = false;

  constructor() {
    myGrants.addEventListener('change', () => this.#show());
    setInterval(() => this.#show(), 1_000);
  }

  /** What could not be read, unless that is being tried. */
  refreshIfFailed() {
    if (this.#hasFailed && !this.#isAsking) {
      this.refresh();
    }
  }

  async refresh() {
    this.#isAsking = true;
    try {
      await myGrants.refresh();
      this.#hasFailed = false;
      this.#say('');
    } catch {
      this.#hasFailed = true;
      this.#say('What you need not be asked again for can’t be listed at the moment.');
    } finally {
      this.#isAsking = false;
    }
  }

  /** What is over is gone. */
  #show() {
    const grants = myGrants.all.filter(({ expiresAt }) => Date.parse(expiresAt) > serverNow());
    const hadFocus = this.#list.contains(document.activeElement);
    this.#rows = new Map(grants.map((grant) => [grant.id, this.#rows.get(grant.id) ?? this.#row(grant)]));
    this.#rows.forEach(({ update }) => update());
    arrange(this.#list, [...this.#rows.values()].map(({ node }) => node));
    this.#hideNothing();
    if (hadFocus && !this.#list.contains(document.activeElement)) {
      byId(grants.length > 0 ? 'remembered-title' : 'inbox-title').focus(); // the row that had it has gone
    }
  }

  #say(words) {
    setText(this.#problem, words);
    this.#problem.hidden = words === '';
    this.#hideNothing();
  }

  #hideNothing() {
    byId('remembered-part').hidden = this.#rows.size === 0 && this.#problem.hidden;
  }

  #row(grant) {
    const { id, message, mayDiffer, conversationId, expiresAt } = grant;
    const end = element('button', { class: 'button small', type: 'button', onclick: () => this.#end(id, end) }, 'Ask me again');
    const name = element('span', { class: 'ended-name', id: `remembered-${id}`, dir: 'auto' }, message);
    end.setAttribute('aria-describedby', name.id);
    const where = element('span', { class: 'ended-where' }, `${toolOf(grant)} · until `, preciseTimeNode(expiresAt));
    if (mayDiffer.length > 0) {
      where.append(` · may differ: ${mayDiffer.map((argument) => spelled(argument).toLowerCase()).join(', ')}`);
    }
    const what = element('div', { class: 'ended-what' }, name, where);
    const origin = conversationId ? new CallOrigin(grant) : null;
    what.append(origin?.node ?? element('span', { class: 'ended-where' }, 'In all conversations'));
    return { node: element('li', {}, what, end), update: () => origin?.update() };
  }

  async #end(id, button) {
    if (button.getAttribute('aria-disabled')) {
      return;
    }
    button.setAttribute('aria-disabled', 'true');
    try {
      await myGrants.end(id);
      this.#say('');
    } catch (problem) {
      this.#say(problem.message);
    } finally {
      button.removeAttribute('aria-disabled');
    }
  }
}
