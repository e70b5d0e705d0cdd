import { byId, setText } from './dom.js';

/** How many wait for the user, beside each link to the inbox. */
export class InboxCount {
  /** @param {OpenCalls} openCalls */
  constructor(openCalls) {
    openCalls.addEventListener('change', () => show(openCalls.waiting));
  }
}

function show(waiting) {
  for (const count of document.querySelectorAll('.inbox-count')) {
    setText(count, waiting > 99 ? '99+' : String(waiting));
    count.hidden = waiting === 0;
  }
  byId('inbox-link').setAttribute('aria-label', waiting > 0 ? `Inbox, ${waiting} waiting` : 'Inbox');
}
