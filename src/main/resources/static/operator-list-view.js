import { rowTime, fullTime, preciseTime } from './dates.js';
import { arrange, byId, element, setText } from './dom.js';
import { toolOf } from './call-words.js';
import { icon } from './icons.js';
import { lookOf, sentenceOf, shortUser } from './operator-words.js';

const TONE_ICONS = { done: 'check', undone: 'cross', unknown: 'warning' }; // what goes on has a dot

/** The state of a call in a word, with its colour and its shape. */
export function stateNode(call, node = element('span', { class: 'call-label' })) {
  const { label, tone } = lookOf(call);
  if (node.textContent !== label) {
    node.replaceChildren(TONE_ICONS[tone] ? icon(TONE_ICONS[tone]) : element('span', { class: 'dot' }), element('span', {}, label));
  }
  return node;
}

/** The list of the calls that an operator has asked for. */
export class OperatorListView {
  #calls;
  #place;
  #rows = new Map();
  #list = byId('calls');
  #note = byId('calls-note');
  #more = byId('more-calls');
  #refresh = byId('refresh-calls');
  #problem = byId('calls-problem');
  #onRefused;
  #reads = 0;

  /**
   * @param {OperatedCalls} calls
   * @param {OperatorPlace} place
   * @param {function(object)} onRefused gets the problem when the user is no operator, or nobody is
   */
  constructor(calls, place, onRefused) {
    this.#calls = calls;
    this.#place = place;
    this.#onRefused = onRefused;
    calls.addEventListener('change', () => this.#show());
    place.addEventListener('filter', () => this.#read(calls.filter(place.filter)));
    place.addEventListener('call', () => this.#markCurrent());
    this.#more.addEventListener('click', () => this.#readMore());
    this.#refresh.addEventListener('click', () => this.refresh());
  }

  start() {
    return this.#read(this.#calls.filter(this.#place.filter));
  }

  refresh() {
    return this.#read(this.#calls.refresh());
  }

  /** Gives the focus to the row of a call; whether there is one. */
  focus(id) {
    this.#rows.get(id)?.link.focus();
    return this.#rows.has(id);
  }

  async #readMore() {
    const from = this.#rows.size;
    await this.#read(this.#calls.more());
    [...this.#rows.values()][from]?.link.focus();
  }

  async #read(reading) {
    const read = ++this.#reads;
    this.#problem.hidden = true;
    this.#list.setAttribute('aria-busy', 'true');
    this.#say(this.#calls.readAt === null ? 'Loading…' : 'Refreshing…');
    try {
      await reading;
    } catch (problem) {
      if (read === this.#reads) {
        this.#tell(problem);
      }
    } finally {
      if (read === this.#reads) {
        this.#list.removeAttribute('aria-busy');
        this.#show();
      }
    }
  }

  #tell(problem) {
    if (problem.status === 403 || problem.status === 404) {
      this.#onRefused(problem);
    } else if (problem.status !== 401) {
      const isOld = this.#calls.readAt !== null;
      const kept = isOld ? ` What is listed is as of ${preciseTime(this.#calls.readAt)}.` : '';
      const again = element('button', { class: 'button small', type: 'button', onclick: () => this.refresh() }, 'Try again');
      this.#problem.replaceChildren(element('p', {}, sentenceOf(problem) + kept), again);
      this.#problem.hidden = false;
    }
  }

  #show() {
    const entries = this.#calls.entries;
    const hadFocus = this.#list.contains(document.activeElement);
    this.#rows = new Map(entries.map(({ call: { id } }) => [id, this.#rows.get(id) ?? this.#row(id)]));
    entries.forEach((entry) => this.#rows.get(entry.call.id).update(entry));
    arrange(this.#list, [...this.#rows.values()].map(({ node }) => node));
    if (hadFocus && !this.#list.contains(document.activeElement)) {
      byId('calls-title').focus(); // the row that had it has gone
    }
    this.#more.hidden = !this.#calls.hasMore;
    this.#markCurrent();
    if (!this.#list.hasAttribute('aria-busy')) {
      this.#say(this.#summary(entries.length));
    }
  }

  #summary(count) {
    const { readAt, hasMore } = this.#calls;
    if (readAt === null) {
      return '';
    }
    if (count === 0) {
      const isFiltered = Object.values(this.#place.filter).some((value) => value !== null);
      return hasMore ? 'None found so far.' : isFiltered ? 'No call matches.' : 'There are no calls yet.';
    }
    return `${count} ${count === 1 ? 'call' : 'calls'}${hasMore ? ' of more' : ''}, as of ${preciseTime(readAt)}`;
  }

  #say(words) {
    setText(this.#note, words);
  }

  #row(id) {
    const state = element('span', { class: 'call-label' });
    const message = element('span', { class: 'operated-message', dir: 'auto' });
    const tool = element('bdi');
    const time = element('time');
    const link = element(
      'a',
      { class: 'operated-link', href: `#${id}` },
      message,
      element('span', { class: 'operated-where' }, state, element('span', {}, tool, ' · ', time)),
    );
    const user = element('button', { class: 'operated-user', type: 'button' });
    const node = element('li', { class: 'operated', 'data-call-id': id }, link, user);
    const update = ({ user: digest, call }) => {
      const at = call.endedAt ?? call.requestedAt;
      node.dataset.status = call.status;
      node.dataset.tone = lookOf(call).tone;
      stateNode(call, state);
      setText(message, call.message);
      setText(tool, toolOf(call));
      time.dateTime = at;
      time.title = fullTime(at);
      setText(time, rowTime(at));
      setText(user, shortUser(digest));
      user.setAttribute('aria-label', `Only calls of user ${shortUser(digest)}`);
      user.title = digest;
      user.hidden = this.#place.filter.user === digest;
      user.onclick = () => this.#place.filterBy({ user: digest });
    };
    return { link, node, update };
  }

  #markCurrent() {
    for (const [id, { link }] of this.#rows) {
      if (id === this.#place.callId) {
        link.setAttribute('aria-current', 'true');
      } else {
        link.removeAttribute('aria-current');
      }
    }
  }
}
