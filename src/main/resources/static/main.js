import { requestsAreOf } from './api.js';
import { Banner } from './banner.js';
import { Chat } from './chat.js';
import { byId } from './dom.js';
import { Inbox } from './inbox.js';
import { memory } from './memory.js';
import { OpenCalls } from './open-calls.js';
import { pageTitle } from './page-title.js';
import { Router } from './router.js';
import { SessionWatch } from './session-watch.js';
import { loadSession, signOut, takeLoginNews } from './session.js';
import { tabs } from './tabs.js';
import { UserMenu } from './user-menu.js';

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
    const isNew = memory.read('signing-in') !== null; // before another user's memory is cleared
    memory.belongTo(session.user);
    memory.write('signing-in', null);
    tabs.belongTo(session.user);
    requestsAreOf(session.user);
    if (isNew) {
      tabs.tell('signed-in');
    }
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
  new Banner(byId('welcome-banner'), session.embedded, byId('sign-in')).show();
  byId('welcome').hidden = false;
  new SessionWatch(session).addEventListener('changed', startAnew);
}

function showChat(session) {
  router.restore();
  new Banner(byId('banner'), session.embedded, byId('user-button')).show();
  byId('app').hidden = false;
  const chat = new Chat(router);
  const openCalls = new OpenCalls();
  const inbox = new Inbox(router, openCalls, (call) => chat.askAgain(call));
  new UserMenu(session, openCalls, (everywhere) => signOut(everywhere).catch((problem) => tell(problem.message)));
  openCalls.addEventListener('told', ({ detail }) => chat.hear(detail));
  router.addEventListener('view', showPlace);
  showPlace();
  watch(session, chat, inbox);
  chat.start();
  inbox.start();
  openCalls.start();

  function tell(words) {
    chat.tell(words);
    inbox.tell(words);
  }
}

/** What is not in front stays as it is, behind it; the focus must not fall out of the page with the inbox. */
function showPlace() {
  const { isInbox } = router;
  byId('chat').classList.toggle('behind', isInbox);
  byId('inbox').hidden = !isInbox;
  byId('skip').hidden = isInbox;
  byId('skip-inbox').hidden = !isInbox;
  if (isInbox) {
    byId('inbox-link').setAttribute('aria-current', 'page');
  } else {
    byId('inbox-link').removeAttribute('aria-current');
  }
  pageTitle.isInbox = isInbox;
  if (!isInbox && isFocusLost()) {
    byId('log').focus({ preventScroll: true });
  }
}

/** The browser may see only later that what has the focus is hidden now. */
const isFocusLost = () => document.activeElement === document.body || !document.activeElement.checkVisibility();

function watch(session, chat, inbox) {
  const ended = () => {
    chat.sessionEnded();
    inbox.sessionEnded();
  };
  const sessions = new SessionWatch(session);
  sessions.addEventListener('over', ended);
  sessions.addEventListener('changed', startAnew);
  sessions.addEventListener('signed-out', () => leave('You were signed out.'));
  tabs.addEventListener('signed-out', () => {
    memory.close();
    leave('You have signed out in another tab.');
  });
}

/** Nothing of the user's is seen from now on. */
function leave(news) {
  byId('app').hidden = true;
  pageTitle.clear();
  memory.write('news', news);
  startAnew();
}

/** As after a click on a bare link to this page: the address may name a conversation of the other user. */
function startAnew() {
  history.replaceState(null, '', window.location.pathname);
  window.location.reload();
}

document.addEventListener('click', ({ target }) => {
  if (target.closest('[data-sign-in]')) {
    router.keep();
    memory.write('signing-in', true);
  }
});

start();
