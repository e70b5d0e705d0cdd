import { serverNow } from './clock.js';
import { element, setText } from './dom.js';
import { myGrants } from './grants.js';
import { preciseTimeNode } from './time-view.js';

/** Which earlier approval covers a call, and how its user ends that. */
export class CoveredLine {
  #approval = null;
  #time = element('span');
  #end = element(
    'button',
    { class: 'button small quiet', type: 'button', onclick: () => this.#askAgain() },
    'Ask me again from now on',
  );
  #said = element('span', { class: 'covered-said', role: 'status', tabindex: -1 });

  constructor() {
    this.node = element(
      'p',
      { class: 'covered', hidden: true },
      element('span', {}, 'Covered by your approval of ', this.#time, '.'),
      this.#end,
      this.#said,
    );
  }

  update({ coveredBy }) {
    this.node.hidden = !coveredBy;
    if (coveredBy && coveredBy.callId !== this.#approval?.callId) {
      this.#approval = coveredBy;
      this.#time.replaceChildren(preciseTimeNode(coveredBy.approvedAt));
    }
  }

  /** Once a second: an approval that is over needs no end; a button that has the focus stays where it is. */
  tick() {
    const isOver = this.#approval !== null && Date.parse(this.#approval.expiresAt) <= serverNow();
    this.#end.hidden ||= isOver && this.#end !== document.activeElement;
  }

  async #askAgain() {
    if (this.#end.getAttribute('aria-disabled')) {
      return;
    }
    this.#end.setAttribute('aria-disabled', 'true');
    setText(this.#said, '');
    try {
      await myGrants.end(this.#approval.callId);
    } catch (problem) {
      setText(this.#said, problem.message);
      return;
    } finally {
      this.#end.removeAttribute('aria-disabled');
    }
    setText(this.#said, 'You will be asked again.');
    this.#said.focus(); // the focus must not fall out of the page with the button
    this.#end.hidden = true;
  }
}
