import { element } from './dom.js';

/** What people write in full, and programs don't. */
const WORDS = {
  qty: 'quantity',
  num: 'number',
  no: 'number',
  amt: 'amount',
  desc: 'description',
  addr: 'address',
  tel: 'telephone',
  dob: 'date of birth',
  msg: 'message',
  max: 'maximum',
  min: 'minimum',
};

/** What is written in capitals. */
const CAPITALS = ['id', 'url', 'uri', 'iban', 'bic', 'pin', 'vat', 'api', 'eur', 'usd', 'gbp', 'zip', 'ip'];

const LONG = 320; // characters that are shown before one asks for all

/** `Price limit` for `priceLimit`, `price_limit` and `PRICE-LIMIT`; `Quantity` for `qty`. */
export function spelled(name) {
  const words = name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(/[\s_.-]+/u)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase())
    .map((word) => WORDS[word] ?? (CAPITALS.includes(word) ? word.toUpperCase() : word))
    .join(' ');
  return words === '' ? name : words.charAt(0).toUpperCase() + words.slice(1);
}

/** The given ones with their names in words: `{name, value}`, in their order. */
export const givenOf = (values) =>
  Object.entries(values)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => ({ name: spelled(name), value }));

/** In one line, as one says it: `product: headphones, quantity: 2`; empty without any. */
export const inOneLine = (values) =>
  givenOf(values)
    .map(({ name, value }) => `${name.charAt(0).toLowerCase()}${name.slice(1)}: ${plain(value)}`)
    .join(', ');

const plain = (value) => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/** A value of any kind as it is read: texts in full, lists and objects with what is in them. */
export function valueNode(value) {
  if (Array.isArray(value)) {
    return value.length === 0 ? none('None') : list(value);
  }
  if (value !== null && typeof value === 'object') {
    const given = givenOf(value);
    return given.length === 0 ? none('None') : facts(given);
  }
  if (value === null || value === undefined || value === '') {
    return none('Empty');
  }
  if (typeof value === 'boolean') {
    return element('span', {}, value ? 'Yes' : 'No');
  }
  return text(String(value));
}

/** Names and values as rows. */
export const facts = (given) =>
  element('dl', { class: 'facts' }, ...given.map(({ name, value }) => fact(name, valueNode(value))));

export const fact = (name, node) => element('div', {}, element('dt', {}, element('bdi', {}, name)), element('dd', {}, node));

const list = (values) => element('ul', { class: 'values' }, ...values.map((value) => element('li', {}, valueNode(value))));

const none = (word) => element('span', { class: 'muted' }, word);

function text(words) {
  const node = element('div', { class: 'value-text', dir: 'auto' }, words);
  return words.length <= LONG && words.split('\n').length <= 6 ? node : folded(node);
}

/** All of it is there for a screen reader, and for the eye once it is asked for. */
function folded(node) {
  node.classList.add('folded');
  const unfold = () => {
    const isFolded = node.classList.toggle('folded');
    button.setAttribute('aria-expanded', String(!isFolded));
    button.textContent = isFolded ? 'Show all' : 'Show less';
  };
  const button = element('button', { class: 'link', type: 'button', 'aria-expanded': 'false', onclick: unfold }, 'Show all');
  return element('div', {}, node, button);
}
