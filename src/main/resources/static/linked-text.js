import { element } from './dom.js';

// Printable ASCII only: what looks like one address must not lead to another.
const ADDRESS = /https?:\/\/[!#-;=?-~]+/gi;
const AFTER_ADDRESS = /[.,;:!?)\]}'*_`]+$/;
const GOES_ON = /^[^\s"<>]/; // with what is no ASCII: then this is not all of it

/** Text in which http(s) addresses that are written in full can be followed; all else is only text. */
export function linkedText(text) {
  const parts = document.createDocumentFragment();
  let from = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = found.replace(AFTER_ADDRESS, '');
    if (!GOES_ON.test(text.slice(index + found.length)) && isPlain(address)) {
      parts.append(text.slice(from, index), link(address));
      from = index + address.length;
    }
  }
  parts.append(text.slice(from));
  return parts;
}

/** No user name before the host: `https://bank.example@elsewhere.example` deceives. */
function isPlain(address) {
  const url = URL.parse?.(address) ?? (URL.canParse(address) ? new URL(address) : null);
  return url !== null && ['http:', 'https:'].includes(url.protocol) && url.hostname !== '' && !url.username && !url.password;
}

const link = (address) => element('a', { href: address, rel: 'noopener noreferrer', target: '_blank' }, address);
