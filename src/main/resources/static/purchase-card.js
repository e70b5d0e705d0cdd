import { change } from './api.js';
import { countdown, fullTime, shortTime } from './clock.js';
import { element, setText } from './dom.js';
import { icon } from './icons.js';
import {
  STEPS, canBeCancelled, isLive, limitOf, lookOf, nameOf, outcomeSentence, progressSentence,
} from './purchase-words.js';

const TONE_ICONS = { good: 'check', calm: 'cross', bad: 'cross', warning: 'warning' };

/** A purchase as it goes on: what was asked for, what the phone shows, how far it is, how it ended. */
export class PurchaseCard {
  #purchase = null;
  #label = element('span', { class: 'purchase-label' });
  #binding = element('p', { class: 'binding-message', dir: 'auto' });
  #phone = element(
    'div',
    { class: 'phone', hidden: true },
    icon('phone'),
    element('div', {}, element('p', { class: 'phone-title' }, 'Your phone shows'), this.#binding),
  );
  #steps = STEPS.map((step) => element('li', {}, element('span', { class: 'step-name' }, step)));
  #progress = element('p', { class: 'purchase-progress muted' });
  #outcome = element('p', { class: 'outcome', hidden: true });
  #timer = element('span', { class: 'timer', role: 'timer' });
  #timerLine = element('p', { class: 'timer-line', hidden: true }, icon('clock'), 'Expires in ', this.#timer);
  #cancel = element('button', { class: 'button small', type: 'button', onclick: () => this.#takeBack() }, 'Cancel purchase');
  #problem = element('p', { class: 'purchase-problem', role: 'alert', hidden: true });
  #foot = element('div', { class: 'purchase-foot' }, this.#timerLine, this.#cancel);
  #onChange;

  /** @param {function(object)} onChange gets the purchase as a cancellation has left it */
  constructor({ purchase }, onChange) {
    this.#onChange = onChange;
    this.article = element(
      'article',
      { class: 'purchase', 'aria-label': `Purchase: ${nameOf(purchase)}`, 'data-purchase-id': purchase.id, tabindex: -1 },
      element(
        'div',
        { class: 'purchase-head' },
        element('h2', { class: 'purchase-name' }, element('bdi', {}, purchase.product)),
        this.#label,
      ),
      element(
        'dl',
        { class: 'purchase-facts' },
        element('div', {}, element('dt', {}, 'Quantity'), element('dd', {}, String(purchase.qty))),
        element('div', {}, element('dt', {}, 'Price limit'), element('dd', {}, limitOf(purchase))),
        element('div', {}, element('dt', {}, 'Requested'), element('dd', {}, this.#requestedAt(purchase))),
      ),
      this.#phone,
      element('ol', { class: 'steps', 'aria-label': 'Progress' }, ...this.#steps),
      this.#progress,
      this.#outcome,
      this.#foot,
      this.#problem,
    );
    this.node = element('li', { class: 'entry purchase-entry' }, this.article);
  }

  update({ purchase }) {
    this.#purchase = purchase;
    const look = lookOf(purchase);
    const live = isLive(purchase);
    this.article.dataset.status = purchase.status;
    this.article.dataset.tone = look.tone;
    setText(this.#label, look.label);
    this.#showSteps(look.step, live);
    this.#phone.hidden = !purchase.bindingMessage;
    setText(this.#binding, purchase.bindingMessage ?? '');
    setText(this.#progress, progressSentence(purchase));
    this.#progress.hidden = !live;
    this.#showOutcome(purchase, look, live);
    this.#showCancel();
    this.tick();
  }

  /** Once a second: the countdown. */
  tick() {
    const { status, expiresAt } = this.#purchase;
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

  #showOutcome(purchase, look, live) {
    this.#outcome.hidden = live;
    this.#problem.hidden ||= !live; // why it could not be cancelled is told until it has ended
    if (!live && this.#outcome.dataset.status !== purchase.status) {
      this.#outcome.dataset.status = purchase.status;
      this.#outcome.replaceChildren(icon(TONE_ICONS[look.tone] ?? 'check'), element('span', {}, outcomeSentence(purchase)));
    }
  }

  #showCancel() {
    const gone = !canBeCancelled(this.#purchase);
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
      this.#onChange(await change('POST', `/api/purchases/${encodeURIComponent(this.#purchase.id)}/cancel`));
    } catch (problem) {
      this.#problem.hidden = false;
      setText(this.#problem, problem.message);
    } finally {
      this.#cancel.removeAttribute('aria-disabled');
      setText(this.#cancel, 'Cancel purchase');
    }
  }
}
