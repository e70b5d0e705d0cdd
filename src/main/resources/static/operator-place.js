import { isStatus } from './operator-words.js';
import { memory } from './memory.js';

const PATH = '/operator';
const WAY_BACK = 'way-back';
const TOOL = /^\w{1,40}$/;
const USER = /^[0-9a-f]{32}$/;
const CALL = /^\w{1,40}-[0-9a-f]{32}-[0-9a-f-]{1,80}$/;

export const isTool = (text) => TOOL.test(text);
export const isUser = (text) => USER.test(text);
export const isCall = (text) => CALL.test(text);

/**
 * The address names what an operator sees: `/operator?status=&tool=&user=#<call's id>`. Events: `filter` when other calls are
 * to be listed, `call` when another one is to be shown.
 */
export class OperatorPlace extends EventTarget {
  #filter = { status: null, tool: null, user: null };
  #callId = null;

  constructor() {
    super();
    this.#read();
    window.addEventListener('popstate', () => this.#moved());
    window.addEventListener('hashchange', () => this.#moved());
  }

  /** `{status, tool, user}`; `status` may be several, divided by commas; null: all. */
  get filter() {
    return this.#filter;
  }

  /** The call that is shown; null: none. */
  get callId() {
    return this.#callId;
  }

  /** As the same place is called with another filter, and the same call. */
  filterBy(filter) {
    this.#go({ ...this.#filter, ...filter }, this.#callId);
  }

  /** @param {?string} callId null: none */
  show(callId) {
    this.#go(this.#filter, callId);
  }

  /** Before a login, which ends elsewhere. */
  keep() {
    memory.write(WAY_BACK, PATH + window.location.search + window.location.hash);
  }

  #go(filter, callId) {
    const address = addressOf(filter, callId);
    if (address !== PATH + window.location.search + window.location.hash) {
      history.pushState(null, '', address);
    }
    this.#moved();
  }

  #moved() {
    const [filter, callId] = [JSON.stringify(this.#filter), this.#callId];
    this.#read();
    if (JSON.stringify(this.#filter) !== filter) {
      this.dispatchEvent(new Event('filter'));
    }
    if (this.#callId !== callId) {
      this.dispatchEvent(new Event('call'));
    }
  }

  /** What can't be is as if it weren't there. */
  #read() {
    const query = new URLSearchParams(window.location.search);
    const of = (name, may) => (may(query.get(name) ?? '') ? query.get(name) : null);
    this.#filter = {
      status: of('status', (text) => text.split(',').every(isStatus)),
      tool: of('tool', isTool),
      user: of('user', isUser),
    };
    const id = window.location.hash.slice(1);
    this.#callId = isCall(id) ? id : null;
  }
}

/** Where the operator was before the login; null: nowhere. Told once. */
export function takeWayBack() {
  const place = memory.read(WAY_BACK);
  memory.write(WAY_BACK, null);
  return typeof place === 'string' && place.startsWith(PATH) ? place : null;
}

function addressOf(filter, callId) {
  const query = Object.entries(filter)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}=${value}`) // none has anything to be escaped
    .join('&');
  return PATH + (query && `?${query}`) + (callId === null ? '' : `#${callId}`);
}
