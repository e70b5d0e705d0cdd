import { toolOf } from './call-words.js';
import { byId, element, setText } from './dom.js';
import { isCall, isTool, isUser } from './operator-place.js';
import { STATUS_CHOICES } from './operator-words.js';

/** Which calls are listed: by status, tool and user. A call's id leads to the call. */
export class OperatorFilter {
  #place;
  #form = byId('filter');
  #status = byId('filter-status');
  #tool = byId('filter-tool');
  #user = byId('filter-user');
  #problem = byId('filter-problem');
  #tools = new Set();

  /**
   * @param {OperatorPlace} place
   * @param {OperatedCalls} calls
   */
  constructor(place, calls) {
    this.#place = place;
    this.#status.append(...STATUS_CHOICES.map(({ value, label }) => element('option', { value }, label)));
    this.#form.addEventListener('change', () => this.#apply());
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#apply();
    });
    byId('clear-filter').addEventListener('click', () => this.#clear());
    place.addEventListener('filter', () => this.#show());
    calls.addEventListener('change', () => this.#offerTools(calls.entries));
    this.#show();
  }

  #apply() {
    const status = this.#status.value || null;
    const tool = this.#tool.value.trim() || null;
    const user = this.#user.value.replace(/\s/g, '').replace(/^"(.*)"$/, '$1') || null;
    const isToolWrong = tool !== null && !isTool(tool);
    const isUserWrong = user !== null && !isUser(user.toLowerCase()) && !isCall(user);
    this.#tool.setAttribute('aria-invalid', String(isToolWrong));
    this.#user.setAttribute('aria-invalid', String(isUserWrong));
    this.#say(isToolWrong ? 'A tool’s name has only letters, digits and _.' : isUserWrong ? 'A user’s digest has 32 digits from 0 to f.' : '');
    if (isToolWrong || isUserWrong) {
      return;
    }
    if (user !== null && isCall(user)) {
      this.#user.value = this.#place.filter.user ?? '';
      this.#place.show(user);
      return;
    }
    this.#place.filterBy({ status, tool, user: user?.toLowerCase() ?? null });
    this.#show();
  }

  #clear() {
    this.#place.filterBy({ status: null, tool: null, user: null });
    this.#show();
    this.#status.focus(); // the button has gone
  }

  #show() {
    const { status, tool, user } = this.#place.filter;
    if (![...this.#status.options].some(({ value }) => value === (status ?? ''))) {
      this.#status.append(element('option', { value: status }, 'Several')); // by the address
    }
    this.#status.value = status ?? '';
    this.#tool.value = tool ?? '';
    this.#user.value = user ?? '';
    byId('clear-filter').hidden = status === null && tool === null && user === null;
    [this.#tool, this.#user].forEach((field) => field.removeAttribute('aria-invalid'));
    this.#say('');
  }

  #offerTools(entries) {
    for (const { call } of entries.filter(({ call: { tool } }) => !this.#tools.has(tool))) {
      this.#tools.add(call.tool);
      byId('filter-tools').append(element('option', { value: call.tool }, toolOf(call)));
    }
  }

  #say(words) {
    setText(this.#problem, words);
    this.#problem.hidden = words === '';
  }
}
