import { change, getSession } from './api.js';
import { byId } from './dom.js';
import { memory } from './memory.js';
import { tabs } from './tabs.js';

const LOGIN_NEWS = {
  denied: 'You were not signed in: the request was declined. Try again whenever you like.',
  failed: 'Signing in didn’t work. Please try again.',
  unavailable: 'The sign-in service can’t be reached at the moment. Please try again in a little while.',
};

/** Answers `{signedIn, user, name, expiresAt, embedded}`, to everybody; without a session the three in between are null. */
export const loadSession = getSession;

/**
 * Ends the session here and in all other tabs, then at the identity provider where it offers that.
 *
 * @param {boolean} everywhere whether the user's sessions in all other browsers end too
 */
export async function signOut(everywhere) {
  const { location: next } = await change('POST', everywhere ? '/logout?everywhere=true' : '/logout');
  tabs.tell('signed-out');
  memory.close();
  byId('app').hidden = true; // the browser may keep this page for its Back button
  window.location.assign(next);
}

/** What the login that just ended has to tell, or the tab in which the user has signed out; or null. Told once. */
export function takeLoginNews() {
  const news = memory.read('news');
  memory.write('news', null);
  const address = new URL(window.location);
  const outcome = address.searchParams.get('login');
  if (outcome === null) {
    return news;
  }
  address.searchParams.delete('login');
  history.replaceState(null, '', address);
  return LOGIN_NEWS[outcome] ?? LOGIN_NEWS.failed;
}
