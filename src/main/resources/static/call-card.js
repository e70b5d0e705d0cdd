import { change } from './api.js';
import { countdown, fullTime, shortTime } from './clock.js';
import { CoveredLine } from './covered-line.js';
import { element, setText } from './dom.js';
import { icon } from './icons.js';
import {
  STEPS, canBeCancelled, factsOf, isLive, lookOf, nameOf, outcomeSentence, progressSentence, toolOf,
} from './call-words.js';

const TONE_ICONS = { good: 'check', calm: 'cross', bad: 'cross', warning: 'warning' };

/** A call of a tool as it goes on: what was asked for, what the phone shows, how far it is, how it ended. */
export class CallCard {
  #call = null;
  #label = element('span', { class: 'call-label' });
  #binding = element('p', { class: 'binding-message', dir: 'auto' });
  #phone = element(
    'div',
    { class: 'phone' },
    icon('phone'),
    element('div', {}, element('p', { class: 'phone-title' }, 'Your phone shows'), this.#binding),
  );
  #steps = STEPS.map((step) => element('li', {}, element('span', { class: 'step-name' }, step)));
  #covered = new CoveredLine();
  #progress = element('p', { class: 'call-progress muted' });
  #outcome = element('p', { class: 'outcome', hidden: true });
  #timer = element('span', { class: 'timer', role: 'timer' });
  #timerLine = element('p', { class: 'timer-line', hidden: true }, icon('clock'), 'Expires in ', this.#timer);
  #cancel = element('button', { class: 'button small', type: 'button', onclick: () => this.#takeBack() }, 'Cancel request');
  #problem = element('p', { class: 'call-problem', role: 'alert', hidden: true });
  #foot = element('div', { class: 'call-foot' }, this.#timerLine, this.#cancel);
  #onChange;

  /** @param {function(object)} onChange gets the call as a cancellation has left it */
  constructor({ call }, onChange) {
    this.#onChange = onChange;
    this.article = element(
      'article',
      { class: 'call', 'aria-label': `Request: ${nameOf(call)}`, 'data-call-id': call.id, tabindex: -1 },
      element(
        'div',
        { class: 'call-head' },
        element('h2', { class: 'call-name' }, element('bdi', {}, toolOf(call))),
        this.#label,
      ),
      element(
        'dl',
        { class: 'call-facts' },
        ...factsOf(call).map(({ name, value }) => fact(name, element('bdi', {}, value))),
        fact('Requested', this.#requestedAt(call)),
      ),
      this.#phone,
      this.#covered.node,
      element('ol', { class: 'steps', 'aria-label': 'Progress' }, ...this.#steps),
      this.#progress,
      this.#outcome,
      this.#foot,
      this.#problem,
    );
    this.node = element('li', { class: 'entry call-entry' }, this.article);
  }

  update({ call }) {
    this.#call = call;
    const look = lookOf(call);
    const live = isLive(call);
    this.article.dataset.status = call.status;
    this.article.dataset.tone = look.tone;
    setText(this.#label, look.label);
    this.#showSteps(look.step, live);
    setText(this.#binding, call.message);
    this.#phone.hidden = Boolean(call.coveredBy); // it wasn't asked
    this.#covered.update(call);
    setText(this.#progress, progressSentence(call));
    this.#progress.hidden = !live;
    this.#showOutcome(call, look, live);
    this.#showCancel();
    this.tick();
  }

  /** Once a second: the countdown. */
  tick() {
    const { status, expiresAt } = this.#call;
    const counts = status === 'AWAITING_APPROVAL' && expiresAt !== null;
    this.#timerLine.hidden = !counts;
    if (counts) {
      const left = countdown(expiresAt);
      setText(this.#timer, left);
      this.#timerLine.classList.toggle('urgent', left.startsWith('0:'));
    }
    this.#foot.hidden = this.#timerLine.hidden && this.#cancel.hidden;
  }

  #requestedAt({ requestedAt }) {
    return element('time', { datetime: requestedAt, title: fullTime(requestedAt) }, shortTime(requestedAt));
  }

  #showSteps(current, live) {
    this.#steps.forEach((step, index) => {
      step.className = index < current ? 'done' : index > current ? 'ahead' : live ? 'current' : 'stopped';
      if (live && index === current) {
        step.setAttribute('aria-current', 'step');
      } else {
        step.removeAttribute('aria-current');
      }
    });
  }

  #showOutcome(call, look, live) {
    this.#outcome.hidden = live;
    this.#problem.hidden ||= !live; // why it could not be cancelled is told until it has ended
    if (!live && this.#outcome.dataset.status !== call.status) {
      this.#outcome.dataset.status = call.status;
      this.#outcome.replaceChildren(icon(TONE_ICONS[look.tone] ?? 'check'), element('span', {}, outcomeSentence(call)));
    }
  }

  #showCancel() {
    const gone = !canBeCancelled(this.#call);
    if (gone && this.#cancel === document.activeElement) {
      this.article.focus(); // the focus must not fall out of the page with the button
    }
    this.#cancel.hidden = gone;
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

function fact(name, value) {
  return element('div', {}, element('dt', {}, name), element('dd', {}, value));
}
