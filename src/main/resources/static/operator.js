import { Announcer } from './announcer.js';
import { Banner } from './banner.js';
import { CancelDialog } from './cancel-dialog.js';
import { toolOf } from './call-words.js';
import { departure } from './departure.js';
import { byId, element, setText } from './dom.js';
import { OperatedCalls } from './operated-calls.js';
import { OperatorCallView } from './operator-call-view.js';
import { OperatorFilter } from './operator-filter.js';
import { OperatorListView } from './operator-list-view.js';
import { OperatorPlace } from './operator-place.js';
import { lookOf, sentenceOf } from './operator-words.js';
import { SessionWatch } from './session-watch.js';
import { signOut, takeLoginNews } from './session.js';
import { SettleDialog } from './settle-dialog.js';
import { tabs } from './tabs.js';
import { UserMenu } from './user-menu.js';
import { beforeSignIn, belongTo, watch, whoIsHere } from './visit.js';
import { WatchedCall } from './watched-call.js';

const NAME = 'Operators – Countersign';

const place = new OperatorPlace();

/** Where the next one begins: no address here tells anything to whom it isn't for. */
const here = () => window.location.href;

async function start() {
  const session = await whoIsHere();
  if (session.signedIn) {
    belongTo(session.user);
  }
  if (session.operator) {
    showCalls(session);
  } else {
    showDoor(session);
  }
}

/** To whom nothing is shown. */
function showDoor(session) {
  const news = takeLoginNews();
  byId('door-news').hidden = news === null;
  setText(byId('door-news'), news ?? '');
  byId('sign-in-part').hidden = session.signedIn;
  byId('refused-part').hidden = !session.signedIn;
  setText(byId('refused-name'), session.name ?? '');
  byId('door').hidden = false;
  if (session.signedIn) {
    watch(session, () => departure.startAnew(here()), here);
  } else {
    new SessionWatch(session).addEventListener('changed', () => departure.startAnew(here()));
  }
}

function showCalls(session) {
  const announcer = new Announcer();
  const calls = new OperatedCalls();
  const watched = new WatchedCall();
  const list = new OperatorListView(calls, place, () => refused(session));
  const asked = { onFailed: lookAgain, onClosed: () => view.keepFocus() };
  const cancel = new CancelDialog({ ...asked, onDone: cancelled });
  const settle = new SettleDialog({ ...asked, onDone: settled });
  const view = new OperatorCallView(watched, {
    cancel: (entry) => cancel.ask(entry),
    settle: (entry) => settle.ask(entry),
    listUser,
    close: () => place.show(null),
  });
  new OperatorFilter(place, calls);
  new UserMenu(session, (everywhere) => signOut(everywhere).catch((problem) => notice(sentenceOf(problem))));
  new Banner(byId('banner'), session.embedded, byId('user-button')).show();
  byId('app').hidden = false;
  watched.addEventListener('told', ({ detail }) => told(detail));
  calls.addEventListener('change', () => byId('notice').hidden ||= calls.readAt !== null);
  place.addEventListener('call', () => showCall());
  watch(session, sessionEnded, here);
  tabs.addEventListener('signed-in', () => byId('notice').hidden || list.refresh());
  byId('skip').addEventListener('click', (event) => {
    event.preventDefault(); // the part of the address after # names a call
    byId('calls-title').focus();
  });
  list.start();
  if (place.callId !== null) {
    showCall();
  }

  function showCall(isBack = place.callId === null) {
    const before = watched.entry?.call.id;
    byId('operator').dataset.view = isBack ? 'list' : 'call';
    byId('call').hidden = isBack;
    byId('no-call').hidden = !isBack;
    document.title = NAME;
    if (isBack) {
      watched.open(null);
      list.focus(before) || byId('calls-title').focus();
    } else {
      view.open(place.callId);
      watched.open(place.callId);
    }
  }

  function listUser(user) {
    place.filterBy({ status: null, tool: null, user });
    if (!byId('calls-pane').checkVisibility()) {
      place.show(null); // where it is narrow, the call is in front of the list
    }
  }

  function told(entry) {
    calls.take(entry);
    document.title = `${toolOf(entry.call)} – ${NAME}`; // no more of it than that in the browser's history
    byId('notice').hidden = true;
  }

  function cancelled(entry) {
    take(entry);
    announcer.tell(`${lookOf(entry.call).label}: ${entry.call.message}`);
  }

  /** The answer has the call as it stood before. */
  function settled(entry) {
    take(entry);
    watched.expectChange(entry);
    announcer.tell('Settled. It counts in a moment.');
  }

  function take(entry) {
    calls.take(entry);
    watched.take(entry);
  }

  /** It wasn't done, or nobody knows: what it is like now helps. */
  function lookAgain({ call }) {
    if (call.id === place.callId) {
      watched.refresh();
    }
  }
}

function refused(session) {
  byId('app').hidden = true;
  showDoor(session);
}

function sessionEnded() {
  const signIn = { class: 'button small primary', href: '/oauth2/authorization/countersign', 'data-sign-in': true };
  notice('Your session has ended.', element('a', signIn, 'Sign in'));
}

function notice(words, ...remedy) {
  byId('notice').replaceChildren(element('p', {}, words), ...remedy);
  byId('notice').hidden = false;
}

beforeSignIn(() => place.keep());
byId('door-sign-out').addEventListener('click', () => signOut(false).catch(({ message }) => setText(byId('door-problem'), message)));
start();
