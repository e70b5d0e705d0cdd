import { requestsAreOf } from './api.js';
import { departure } from './departure.js';
import { byId } from './dom.js';
import { memory } from './memory.js';
import { pageTitle } from './page-title.js';
import { SessionWatch } from './session-watch.js';
import { loadSession } from './session.js';
import { tabs } from './tabs.js';

const LONGEST_WAIT = 30_000;
const REFUSED = 'You were signed out.';
const ELSEWHERE = 'You have signed out in another tab.';

let reason = REFUSED; // what the next page tells, if the session ends

/** Finds out who is at this page; tries for as long as it takes, and says so. */
export async function whoIsHere() {
  byId('page-late')?.remove(); // a replica of before had none
  for (let failures = 0; ; failures++) {
    try {
      const session = await loadSession();
      say(null);
      return session;
    } catch (problem) {
      say(`${problem.message} Trying again…`);
      await new Promise((resolve) => setTimeout(resolve, Math.min(LONGEST_WAIT, 1_000 * 2 ** failures)));
    }
  }
}

function say(words) {
  byId('page-message').hidden = words === null;
  byId('page-message').textContent = words ?? '';
}

/** What this tab remembers, hears and asks for is the user's from now on. Whether they have just signed in, by this tab. */
export function belongTo(user) {
  const isNew = memory.read('signing-in') !== null; // before another user's memory is cleared
  memory.belongTo(user);
  memory.write('signing-in', null);
  tabs.belongTo(user);
  requestsAreOf(user);
  if (isNew) {
    tabs.tell('signed-in');
  }
  return isNew;
}

/** @param {function()} prepare is done before a click leads to the login, which ends at `/` */
export function beforeSignIn(prepare) {
  document.addEventListener('click', ({ target }) => {
    if (target.closest('[data-sign-in]')) {
      prepare();
      memory.write('signing-in', true);
    }
  });
}

/**
 * Leaves as soon as the user has gone, or another one has come.
 *
 * @param {function()} onOver when the session has ended by the clock: what is shown stays
 * @param {function(): string} address where the next one begins; as after a click on a bare link, where the address may name
 *     something of this user's
 */
export function watch(session, onOver, address = () => window.location.pathname) {
  const sessions = new SessionWatch(session);
  sessions.addEventListener('over', onOver);
  sessions.addEventListener('changed', () => departure.startAnew(address()));
  sessions.addEventListener('signed-out', () => leave(address()));
  tabs.addEventListener('signing-out', () => (reason = ELSEWHERE));
  tabs.addEventListener('sign-out-failed', () => (reason = REFUSED));
  tabs.addEventListener('signed-out', () => {
    reason = ELSEWHERE;
    memory.close();
    leave(address());
  });
}

/** Nothing of the user's is seen from now on. Requests under way fail until the page has gone, which is no other reason. */
function leave(address) {
  byId('app').hidden = true;
  pageTitle.clear();
  departure.startAnew(address, reason);
}
