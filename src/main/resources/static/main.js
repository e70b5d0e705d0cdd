import { Banner } from './banner.js';
import { Chat } from './chat.js';
import { departure } from './departure.js';
import { byId } from './dom.js';
import { Inbox } from './inbox.js';
import { InboxCount } from './inbox-count.js';
import { OpenCalls } from './open-calls.js';
import { takeWayBack } from './operator-place.js';
import { pageTitle } from './page-title.js';
import { Router } from './router.js';
import { SessionWatch } from './session-watch.js';
import { signOut, takeLoginNews } from './session.js';
import { UserMenu } from './user-menu.js';
import { beforeSignIn, belongTo, watch, whoIsHere } from './visit.js';

const router = new Router();

async function start() {
  const session = await whoIsHere();
  const news = takeLoginNews();
  if (!session.signedIn) {
    showWelcome(session, news);
    return;
  }
  const isNew = belongTo(session.user);
  const wayBack = takeWayBack();
  if (isNew && wayBack !== null) {
    window.location.replace(wayBack);
  } else {
    showChat(session);
  }
}

function showWelcome(session, news) {
  byId('login-news').hidden = news === null;
  byId('login-news').textContent = news ?? '';
  new Banner(byId('welcome-banner'), session.embedded, byId('sign-in')).show();
  byId('welcome').hidden = false;
  new SessionWatch(session).addEventListener('changed', () => departure.startAnew());
}

function showChat(session) {
  router.restore();
  new Banner(byId('banner'), session.embedded, byId('user-button')).show();
  byId('app').hidden = false;
  const chat = new Chat(router);
  const openCalls = new OpenCalls();
  const inbox = new Inbox(router, openCalls, (call) => chat.askAgain(call));
  new UserMenu(session, (everywhere) => signOut(everywhere).catch((problem) => tell(problem.message)));
  byId('operators-link').hidden = !session.operator;
  new InboxCount(openCalls);
  openCalls.addEventListener('told', ({ detail }) => chat.hear(detail));
  openCalls.addEventListener('connection', ({ detail: isThere }) => isThere && chat.listAgain());
  router.addEventListener('view', showPlace);
  showPlace();
  watch(session, () => {
    chat.sessionEnded();
    inbox.sessionEnded();
  });
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

beforeSignIn(() => router.keep());
start();
