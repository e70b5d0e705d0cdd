import { change, getSession } from './api.js';
import { departure } from './departure.js';
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
 * Ends the session here and in all other tabs, then at the identity provider where it offers that. Once at a time: a second answer
 * would lead past the provider.
 *
 * @param {boolean} everywhere whether the user's sessions in all other browsers end too
 */
export async function signOut(everywhere) {
  if (departure.isSigningOut) {
    return;
  }
  departure.signOutBegins();
  tabs.tell('signing-out'); // their requests may be refused before the answer comes
  try {
    const { location: next } = await change('POST', everywhere ? '/logout?everywhere=true' : '/logout');
    tabs.tell('signed-out');
    memory.close();
    byId('app').hidden = true; // the browser may keep this page for its Back button
    window.location.assign(next);
  } catch (problem) {
    tabs.tell('sign-out-failed');
    departure.signOutFailed();
    throw problem;
  }
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
