import { api } from './api.js';
import { showBanner } from './banner.js';
import { Chat } from './chat.js';
import { byId } from './dom.js';
import { memory } from './memory.js';
import { Router } from './router.js';
import { loadSession, signOut, takeLoginNews } from './session.js';

const LONGEST_WAIT = 30_000;

const router = new Router();

/** Finds out who is there; tries for as long as it takes. */
async function start(failures = 0) {
  let session;
  try {
    session = await loadSession();
  } catch (problem) {
    say(`${problem.message} Trying again…`);
    setTimeout(() => start(failures + 1), Math.min(LONGEST_WAIT, 1_000 * 2 ** failures));
    return;
  }
  say(null);
  const news = takeLoginNews();
  if (session.signedIn) {
    memory.belongTo(session.user);
    showChat(session);
  } else {
    showWelcome(session, news);
  }
}

function say(words) {
  byId('page-message').hidden = words === null;
  byId('page-message').textContent = words ?? '';
}

function showWelcome(session, news) {
  byId('login-news').hidden = news === null;
  byId('login-news').textContent = news ?? '';
  showBanner(byId('welcome-banner'), session.embedded);
  byId('welcome').hidden = false;
}

function showChat(session) {
  router.restore();
  byId('user-name').textContent = session.name;
  byId('user-name').title = session.name;
  showBanner(byId('banner'), session.embedded);
  byId('app').hidden = false;
  const chat = new Chat(router);
  api.addEventListener('unauthorized', () => chat.sessionEnded());
  byId('sign-out').addEventListener('click', () => signOut().catch((problem) => chat.tell(problem.message)));
  watchSession(session, chat);
  chat.start();
}

/**
 * A session that ends by the clock is told at once, not with the next thing that fails. Other tabs sign in and out as
 * well: whoever looks at this one again sees no chat of a user who left.
 */
function watchSession(session, chat) {
  const ask = async () => {
    const now = await loadSession().catch(() => null);
    if (now?.signedIn && now.user !== session.user) {
      startAnew();
    } else if (now?.signedIn === false) {
      chat.sessionEnded();
    }
    return now;
  };
  let asked = null; // a tab that comes to the front tells it twice
  const look = () => (asked ??= ask().finally(() => (asked = null)));
  document.addEventListener('visibilitychange', () => document.hidden || look());
  window.addEventListener('focus', look);
  lookAtTheEnd(session, look);
}

function lookAtTheEnd({ expiresAt }, look) {
  const left = Date.parse(expiresAt) - Date.now();
  if (left > 0 && left < 2 ** 31) {
    setTimeout(async () => {
      const now = await look();
      if (now?.signedIn) {
        lookAtTheEnd(now, look); // signed in again elsewhere
      }
    }, left + 1_000);
  }
}

/** As after a click on a bare link to this page: the address may name a conversation of the other user. */
function startAnew() {
  history.replaceState(null, '', window.location.pathname);
  window.location.reload();
}

document.addEventListener('click', ({ target }) => {
  if (target.closest('[data-sign-in]')) {
    router.keep();
  }
});

start();
