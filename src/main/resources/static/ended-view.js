import { CallCard } from './call-card.js';
import { CallOrigin } from './call-origin.js';
import { lookOf, nameOf, toolOf } from './call-words.js';
import { fullTime, periodOf, rowTime } from './dates.js';
import { arrange, byId, element, setText } from './dom.js';
import { ENDS } from './ended-calls.js';
import { icon } from './icons.js';

const ICONS = { DONE: 'check', OUTCOME_UNKNOWN: 'warning' }; // of the others nothing was done: a cross

/** The lower part of the inbox: a row for each call that has ended, which opens to its card. */
export class EndedView {
  #list = byId('ended');
  #more = byId('more-ended');
  #outcome = byId('ended-outcome');
  #tool = byId('ended-tool');
  #ended;
  #onAskAgain;
  #hasFailed = false;
  #reads = 0;
  #rows = new Map();
  #periods = new Map();
  #tools = new Map(); // names in words, of all that were ever shown

  /**
   * @param {EndedCalls} ended
   * @param {function(object): boolean} onAskAgain asks for the same once more in the call's conversation; whether that was taken
   */
  constructor(ended, onAskAgain) {
    this.#ended = ended;
    this.#onAskAgain = onAskAgain;
    this.#outcome.append(...ENDS.map((status) => element('option', { value: status }, lookOf({ status }).label)));
    ended.addEventListener('change', () => this.#show());
    this.#more.addEventListener('click', () => this.#showMore());
    for (const choice of [this.#outcome, this.#tool]) {
      choice.addEventListener('change', () => this.#reading(ended.filter(this.#outcome.value || null, this.#tool.value || null)));
    }
  }

  /** Whether what is shown may be less than there is. */
  get hasFailed() {
    return this.#hasFailed;
  }

  refresh() {
    return this.#reading(this.#ended.refresh());
  }

  async #showMore() {
    const from = this.#rows.size;
    await this.#reading(this.#ended.more());
    [...this.#rows.values()][from]?.node.querySelector('summary').focus();
  }

  async #reading(reading) {
    const read = ++this.#reads;
    this.#hasFailed = false;
    try {
      await reading;
    } catch {
      if (read === this.#reads) {
        this.#hasFailed = true;
        this.#say('What has ended can’t be listed at the moment.');
      }
    }
  }

  #show() {
    const { calls } = this.#ended;
    this.#rows = new Map(calls.map((call) => [call.id, this.#rows.get(call.id) ?? new EndedRow(this.#onAskAgain)]));
    const periods = Map.groupBy(calls, (call) => periodOf(call.endedAt ?? call.requestedAt));
    this.#periods = new Map([...periods.keys()].map((name) => [name, this.#periods.get(name) ?? period(name)]));
    calls.forEach((call) => this.#rows.get(call.id).update(call));
    arrange(this.#list, [...this.#periods.values()].map(({ node }) => node));
    periods.forEach((within, name) => arrange(this.#periods.get(name).list, within.map(({ id }) => this.#rows.get(id).node)));
    this.#more.hidden = !this.#ended.hasMore;
    this.#offerTools(calls);
    this.#say(calls.length === 0 && this.#ended.isKnown && !this.#ended.hasMore ? this.#nothing : '');
  }

  get #nothing() {
    return this.#isFiltered ? 'Nothing matches.' : 'Nothing yet.';
  }

  get #isFiltered() {
    return this.#outcome.value !== '' || this.#tool.value !== '';
  }

  /** With one tool there is nothing to choose from. */
  #offerTools(calls) {
    for (const call of calls.filter(({ tool }) => !this.#tools.has(tool))) {
      this.#tools.set(call.tool, toolOf(call));
      this.#tool.append(element('option', { value: call.tool }, toolOf(call)));
    }
    byId('ended-tool-choice').hidden = this.#tools.size < 2;
  }

  #say(words) {
    setText(byId('ended-note'), words);
    byId('ended-note').hidden = words === '';
  }
}

let periodCount = 0;

function period(name) {
  const id = `ended-period-${++periodCount}`;
  const list = element('ul', { 'aria-labelledby': id });
  return { list, node: element('section', { class: 'ended-period' }, element('h3', { id, class: 'period' }, name), list) };
}

/** The card is made when somebody wants to see it. */
class EndedRow {
  #call = null;
  #card = null;
  #origin = null;
  #mark = element('span', { class: 'ended-mark' });
  #name = element('span', { class: 'ended-name', dir: 'auto' });
  #tool = element('span', { class: 'ended-tool' });
  #time = element('time', { class: 'ended-time' });
  #label = element('span', { class: 'call-label' });
  #details;
  #onAskAgain;

  constructor(onAskAgain) {
    this.#onAskAgain = onAskAgain;
    this.#details = element(
      'details',
      { class: 'ended-row', ontoggle: () => this.#toggled() },
      element(
        'summary',
        {},
        this.#mark,
        element('span', { class: 'ended-what' }, this.#name, element('span', { class: 'ended-where' }, this.#tool, ' · ', this.#time)),
        this.#label,
        icon('chevron'),
      ),
    );
    this.node = element('li', {}, this.#details);
  }

  update(call) {
    const look = lookOf(call);
    const at = call.endedAt ?? call.requestedAt;
    if (this.#details.dataset.status !== call.status) {
      this.#details.dataset.status = call.status;
      this.#mark.replaceChildren(icon(ICONS[call.status] ?? 'cross'));
    }
    this.#details.dataset.tone = look.tone;
    this.#call = call;
    setText(this.#name, nameOf(call));
    setText(this.#tool, toolOf(call));
    setText(this.#label, look.label);
    this.#time.dateTime = at;
    this.#time.title = fullTime(at);
    setText(this.#time, rowTime(at));
    this.#card?.update({ call });
    this.#origin?.update();
  }

  #toggled() {
    if (this.#details.open && this.#card === null) {
      this.#card = new CallCard({ call: this.#call }, () => {}, this.#call.conversationId ? this.#onAskAgain : null);
      this.#card.update({ call: this.#call });
      this.#origin = new CallOrigin(this.#call);
      this.#details.append(element('div', { class: 'ended-body' }, this.#card.article, this.#origin.node));
    }
  }
}
