import { fact, facts, givenOf, valueNode } from './arguments.js';
import { change } from './api.js';
import { countdown, serverNow } from './clock.js';
import { CoveredLine } from './covered-line.js';
import { arrange, element, setText } from './dom.js';
import { icon } from './icons.js';
import {
  canBeAskedAgain, canBeCancelled, isLive, isOnThePhone, lookOf, mayStillBeOnThePhone, momentsOf, nameOf, sentenceOf,
  toolOf,
} from './call-words.js';
import { MessageView } from './message-view.js';
import { preciseTimeNode } from './time-view.js';

const TONE_ICONS = { done: 'check', undone: 'cross', unknown: 'warning' }; // what goes on has a dot

/**
 * A call of a tool, from the question to the receipt: what is asked for, the one state that it is in, when what has happened,
 * what came of it. Shown in a conversation or anywhere else.
 */
export class CallCard {
  #call = null;
  #said = new Map(); // by the number of the message
  #isPhoneSpokenOf = false;
  #shown = null; // what the parts that seldom change were made of
  #label = element('p', { class: 'call-label' });
  #phoneTitle = element('p', { class: 'phone-title' }, icon('phone'), 'Your phone shows');
  #phoneHint = element('p', { class: 'phone-hint' }, 'Approve there only if it says exactly this.');
  #binding = element('p', { class: 'binding-message', dir: 'auto' });
  #question = element('div', { class: 'call-question' }, this.#phoneTitle, this.#binding, this.#phoneHint);
  #arguments = element('dl', { class: 'facts call-arguments' });
  #receipt = element('dl', { class: 'facts call-receipt' });
  #covered = new CoveredLine();
  #outcome = element('p', { class: 'outcome', dir: 'auto', hidden: true });
  #words = element('ol', { class: 'call-words', hidden: true });
  #stillThere = element(
    'p',
    { class: 'call-note', hidden: true },
    icon('phone'),
    element('span', {}, 'If your phone still asks, an answer there changes nothing.'),
  );
  #timer = element('span', { class: 'timer', role: 'timer' });
  #timerLine = element('p', { class: 'timer-line', hidden: true }, icon('clock'), 'Expires in ', this.#timer);
  #cancel = element('button', { class: 'button small', type: 'button', onclick: () => this.#takeBack() }, 'Cancel request');
  #again = element('button', { class: 'button small', type: 'button', hidden: true, onclick: () => this.#askAgain() }, 'Ask again');
  #problem = element('p', { class: 'call-problem', role: 'alert', hidden: true });
  #foot = element('div', { class: 'call-foot' }, this.#timerLine, this.#cancel, this.#again);
  #onChange;
  #onAskAgain;
  #isAskedAgain = false;

  /**
   * @param {function(object)} onChange gets the call as a cancellation has left it
   * @param {?function(object): boolean} onAskAgain asks for the same once more; whether that was taken. Null: nobody can here
   */
  constructor({ call }, onChange, onAskAgain = null) {
    this.#onChange = onChange;
    this.#onAskAgain = onAskAgain;
    this.article = element(
      'article',
      { class: 'call', 'aria-label': `Request: ${nameOf(call)}`, 'data-call-id': call.id, tabindex: -1 },
      element('div', { class: 'call-head' }, element('h2', { class: 'call-name' }, toolOf(call)), this.#label),
      this.#question,
      element('div', { class: 'call-facts' }, this.#arguments, this.#receipt),
      this.#covered.node,
      this.#outcome,
      this.#words,
      this.#stillThere,
      this.#foot,
      this.#problem,
    );
    this.node = element('li', { class: 'entry call-entry' }, this.article);
  }

  /** @param said what the assistant has said of this call, as messages; left out: nothing */
  update({ call, said = [] }) {
    this.#call = call;
    const { tone } = lookOf(call);
    this.article.dataset.status = call.status;
    this.article.dataset.tone = tone;
    this.#showQuestion(call);
    this.#showFacts(call);
    this.#covered.update(call);
    this.#showWords(call, said);
    this.#showButtons();
    this.#problem.hidden ||= !isLive(call); // why it could not be cancelled is told until it has ended
    this.tick();
  }

  /** Once a second: what depends on the time. */
  tick() {
    const { expiresAt } = this.#call;
    const counts = isOnThePhone(this.#call) && expiresAt !== null;
    this.#timerLine.hidden = !counts;
    if (counts) {
      const left = countdown(expiresAt);
      setText(this.#timer, left);
      this.#timerLine.classList.toggle('urgent', left.startsWith('0:'));
    }
    this.#stillThere.hidden = this.#isPhoneSpokenOf || !mayStillBeOnThePhone(this.#call, serverNow());
    this.#foot.hidden = this.#timerLine.hidden && this.#cancel.hidden && this.#again.hidden;
    this.#covered.tick();
    this.#said.forEach((view) => view.tick());
  }

  #showQuestion(call) {
    const isOn = isOnThePhone(call);
    setText(this.#binding, call.message);
    this.#question.classList.toggle('on-phone', isOn);
    this.#phoneTitle.hidden = !isOn;
    this.#phoneHint.hidden = !isOn;
  }

  #showFacts(call) {
    const made = JSON.stringify([call.status, call.code, call.decidedAt, call.endedAt, call.result, call.coveredBy]);
    if (this.#shown === null) {
      const given = givenOf(call.arguments);
      this.#arguments.hidden = given.length === 0;
      this.#arguments.replaceChildren(...facts(given).children);
    }
    if (this.#shown !== made) {
      this.#shown = made;
      const { label, tone } = lookOf(call);
      this.#label.replaceChildren(
        TONE_ICONS[tone] ? icon(TONE_ICONS[tone]) : element('span', { class: 'dot' }),
        element('span', {}, label),
      );
      this.#receipt.replaceChildren(...this.#receiptOf(call));
    }
  }

  #receiptOf(call) {
    const rows = momentsOf(call).map(({ name, at }) => fact(name, preciseTimeNode(at)));
    if (call.unasked) {
      rows.splice(1, 0, fact('Approval', 'Not needed'));
    }
    if (call.status === 'DONE' && call.result !== null && call.result !== undefined) {
      rows.push(fact('Result', valueNode(call.result)));
    }
    return rows;
  }

  /** The assistant's words for an end are in the place of ours; not where the user must look for themselves. */
  #showWords(call, said) {
    for (const message of said) {
      if (!this.#said.has(message.id)) {
        const view = MessageView.inCard(message);
        this.#said.set(message.id, view);
        view.update({ message });
      }
    }
    const isTold = said.some(({ at }) => isLive(call) || Date.parse(at) >= Date.parse(call.endedAt));
    const ours = isTold && call.status !== 'OUTCOME_UNKNOWN' ? '' : sentenceOf(call);
    this.#isPhoneSpokenOf = said.some(({ text }) => /phone still asks/i.test(text));
    setText(this.#outcome, ours);
    this.#outcome.hidden = ours === '';
    arrange(this.#words, [...this.#said.values()].map((view) => view.node));
    this.#words.hidden = this.#said.size === 0;
  }

  #showButtons() {
    const isGone = !canBeCancelled(this.#call);
    if (isGone && this.#cancel === document.activeElement) {
      this.article.focus(); // the focus must not fall out of the page with the button
    }
    this.#cancel.hidden = isGone;
    this.#again.hidden = this.#onAskAgain === null || this.#isAskedAgain || !canBeAskedAgain(this.#call);
  }

  #askAgain() {
    this.#isAskedAgain = this.#onAskAgain(this.#call);
    if (this.#isAskedAgain && this.#again === document.activeElement) {
      this.article.focus({ preventScroll: true });
    }
    this.#showButtons();
    this.tick();
  }

  async #takeBack() {
    if (this.#cancel.getAttribute('aria-disabled')) {
      return;
    }
    this.#cancel.setAttribute('aria-disabled', 'true');
    setText(this.#cancel, 'Cancelling…');
    this.#problem.hidden = true;
    try {
      this.#onChange(await change('POST', `/api/approvals/${encodeURIComponent(this.#call.id)}/cancel`));
    } catch (problem) {
      this.#problem.hidden = false;
      setText(this.#problem, problem.message);
    } finally {
      this.#cancel.removeAttribute('aria-disabled');
      setText(this.#cancel, 'Cancel request');
    }
  }
}
