import { facts, spelled } from './arguments.js';
import { getText } from './api.js';
import { fullTime } from './dates.js';
import { element, setText } from './dom.js';
import { sentenceOf } from './operator-words.js';

const NAMES = { iss: 'Signed by', iat: 'Signed', sub: 'User', alg: 'Algorithm', kid: 'Key', typ: 'Type' };
const TIMES = ['iat', 'asked_at', 'approved_at', 'auth_time', 'ended_at', 'begun_at', 'done_at']; // seconds since 1970

/** The signed receipt of a call, once somebody asks for it: what it says, and the file. */
export class ReceiptView {
  #id;
  #show = element('button', { class: 'button small', type: 'button', onclick: () => this.#read() }, 'Show receipt');
  #problem = element('p', { class: 'call-problem', role: 'alert', hidden: true });
  #content = element('div', { class: 'receipt-content', tabindex: -1, hidden: true });

  /** @param {string} id of the call */
  constructor(id) {
    this.#id = id;
    this.node = element(
      'section',
      { class: 'operated-part', 'aria-labelledby': 'receipt-title' },
      element('h3', { id: 'receipt-title' }, 'Receipt'),
      this.#show,
      this.#problem,
      this.#content,
    );
  }

  async #read() {
    if (this.#show.getAttribute('aria-disabled')) {
      return;
    }
    this.#show.setAttribute('aria-disabled', 'true');
    this.#problem.hidden = true;
    try {
      this.#tell(await getText(`/api/operator/calls/${encodeURIComponent(this.#id)}/receipt`, 'application/jwt'));
    } catch (problem) {
      setText(this.#problem, sentenceOf(problem));
      this.#problem.hidden = false;
    } finally {
      this.#show.removeAttribute('aria-disabled');
    }
  }

  #tell(receipt) {
    const [header, claims] = receipt.split('.').slice(0, 2).map(decoded);
    const download = { class: 'button small', type: 'button', onclick: () => save(receipt, `receipt-${this.#id}.jwt`) };
    this.#content.replaceChildren(
      facts([...named(claims), ...named(header)]),
      element('p', { class: 'muted' }, 'Decoded here, not verified: who needs to be sure verifies the file.'),
      element('button', download, 'Download'),
    );
    this.#content.hidden = false;
    this.#show.hidden = true;
    this.#content.focus({ preventScroll: true }); // the button that had it has gone
  }
}

const named = (values) => Object.entries(readable(values)).map(([key, value]) => ({ name: NAMES[key] ?? spelled(key), value }));

/** With times as people read them. */
function readable(value, key) {
  if (TIMES.includes(key) && typeof value === 'number') {
    return fullTime(value * 1_000);
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return value;
  }
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, readable(each, name)]));
}

function decoded(part) {
  const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (each) => each.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}

function save(text, name) {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/jwt' }));
  element('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url)); // once the browser has taken it
}
