import { element } from './dom.js';

const TOLD_FOR = 2_000; // milliseconds

/** Copies a text; empty where the browser lets no page do that, as without TLS on another machine. */
export function copyButton(text, what) {
  if (!navigator.clipboard) {
    return '';
  }
  const said = element('span', { role: 'status' });
  const copy = async () => {
    said.textContent = await navigator.clipboard.writeText(text).then(() => 'Copied', () => 'Not copied');
    setTimeout(() => (said.textContent = ''), TOLD_FOR);
  };
  const button = element('button', { class: 'link', type: 'button', 'aria-label': `Copy ${what}`, onclick: copy }, 'Copy');
  return element('span', { class: 'copy' }, button, said);
}
