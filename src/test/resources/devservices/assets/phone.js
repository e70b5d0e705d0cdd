import { detailsTable } from './details.js';
import { outcome } from './outcome.js';
import { clockTime, moment, place } from './words.js';

const EVERY = 1_000;
const AT_MOST_EVERY = 5_000;
const SOON = 60; // seconds
const MOST_ANSWERED = 10;
const CODE = / (?:#|\()[B-DF-HJKMNP-RTV-X3479]{4}\)?$/; // tells equal questions apart
const user = new URLSearchParams(location.search).get('user') || 'alice';
const owner = user.replace(/^auth0\|/, '').replace(/^./, letter => letter.toUpperCase());
const client = document.body.dataset.client;
const byId = id => document.getElementById(id);
const pendingList = byId('pending');
const decidedList = byId('decided');
const cards = new Map(); // id → {request, article, …}: one that stays as it is keeps its focus
let first = true;
let failures = 0;
let timer;

function element(name, className, ...content) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

/** A live region speaks when its text changes, so it changes only when there is something new. */
function say(region, text) {
  if (region.textContent !== text) region.textContent = text;
}

function article(request) {
  const made = element('article', 'request');
  made.dataset.id = request.id;
  made.dataset.status = request.status;
  const message = element('h2', 'message', ...withCode(request.bindingMessage));
  message.id = `message-${request.id}`;
  message.dir = 'auto';
  message.tabIndex = -1;
  made.setAttribute('aria-labelledby', message.id);
  return { made, message };
}

/** The words as they are; a code at their end stands out, and in one line. */
function withCode(text) {
  const code = CODE.exec(text);
  return code ? [text.slice(0, code.index + 1), element('span', 'code', code[0].trim())] : [text];
}

function tables(request) {
  const all = request.authorizationDetails;
  return all.map((detail, n) => detailsTable(detail, all.length > 1 ? `Details ${n + 1} of ${all.length}` : 'Details'));
}

/** What the tenant itself knows of a request. */
function origin(request) {
  const list = element('dl', 'origin');
  const row = (name, ...value) => list.append(element('div', '', element('dt', '', name), element('dd', '', ...value)));
  if (request.from) row('From', place(request.from));
  row('Asked', moment(request.createdAt));
  if (request.decidedAt) row('Answered', moment(request.decidedAt));
  return list;
}

function clientMark() {
  const mark = element('img', 'mark');
  Object.assign(mark, { src: '/assets/icon.svg', alt: '', width: 40, height: 40 });
  return mark;
}

function pendingCard(request) {
  const { made, message } = article(request);
  const left = element('span');
  left.setAttribute('role', 'timer');
  left.setAttribute('aria-label', 'Time left');
  const bar = element('progress');
  bar.max = seconds(request.createdAt, request.expiresAt);
  bar.setAttribute('aria-hidden', 'true'); // the timer says it
  const head = element('header', '', clientMark(), element('p', 'asks', element('strong', '', client), ' asks for your approval'));
  const expiry = element('p', 'expiry', bar, left, ' left');
  const twin = element('p', 'hint twin');
  const quiet = element('p', 'quiet');
  quiet.setAttribute('role', 'status');
  const trouble = element('p', 'trouble');
  trouble.setAttribute('role', 'alert');
  const buttons = element('footer');
  for (const [label, decision] of [['Deny', 'deny'], ['Approve', 'approve']]) {
    const button = element('button', decision, label);
    button.type = 'button';
    button.setAttribute('aria-describedby', message.id);
    button.addEventListener('click', () => decide(request.id, decision));
    buttons.append(button);
  }
  made.append(head, expiry, message, twin, ...tables(request), origin(request), quiet, trouble, buttons);
  return {
    request, article: made, left, bar, trouble, buttons: [...buttons.children],
    update(now, waiting) {
      const equal = waiting.filter(other => other.bindingMessage === now.bindingMessage).length;
      say(twin, equal > 1 ? `${equal} requests with these words wait for you; each is for itself.` : '');
      say(quiet, now.asking ? '' : `${client} isn’t asking for your answer right now. An answer counts once ${client} asks again; if it has taken the request back, nothing comes of it.`);
    },
  };
}

function decidedCard(request) {
  const { made, message } = article(request);
  const title = element('strong');
  const words = element('span', 'words');
  const state = element('p', 'state', title, ' · ', moment(ended(request)), ' ', words);
  const more = element('details', '', element('summary', '', 'Details'), ...tables(request), origin(request));
  made.append(message, state, more);
  return {
    request, article: made,
    update(now) {
      const came = outcome(now, client);
      made.dataset.outcome = came.kind;
      say(title, came.title);
      say(words, came.words);
    },
  };
}

async function decide(id, decision) {
  const card = cards.get(id);
  card.answered = true; // disabled, its button loses the focus
  card.buttons.forEach(button => (button.disabled = true));
  say(card.trouble, '');
  try {
    const answer = await fetch(`/phone/requests/${encodeURIComponent(id)}/${decision}`, { method: 'POST', signal: AbortSignal.timeout(AT_MOST_EVERY) });
    if (!answer.ok && answer.status !== 409 && answer.status !== 404) throw new Error();
  } catch {
    card.answered = false;
    say(card.trouble, 'This could not be sent. Please try again.');
    card.buttons.forEach(button => (button.disabled = false));
    card.buttons.find(button => button.classList.contains(decision)).focus();
    return;
  }
  await refresh();
}

/** When the user answered, or could not any more. */
function ended(request) {
  return request.decidedAt ?? request.expiresAt;
}

/** What is shown: all that waits, the oldest first, and what was answered last. */
function sorted(requests) {
  const waiting = requests.filter(request => request.status === 'pending').reverse();
  const answered = requests.filter(request => request.status !== 'pending').sort((one, other) => new Date(ended(other)) - new Date(ended(one)));
  return { waiting, answered: answered.slice(0, MOST_ANSWERED) };
}

/** One that stands where it belongs isn't touched: it would lose its focus. */
function inOrder(list, requests, from) {
  requests.forEach((request, n) => {
    const { article } = cards.get(request.id);
    if (list.children[from + n] !== article) list.insertBefore(article, list.children[from + n] ?? null);
  });
}

/** Draws what changed and nothing else. */
function draw(requests) {
  const { waiting, answered } = sorted(requests);
  const news = [];
  const hadFocus = [...cards.values()].find(card => card.answered || card.article.contains(document.activeElement));
  const known = new Set([...waiting, ...answered].map(request => request.id));
  for (const [id, card] of cards) {
    if (!known.has(id)) {
      card.article.remove();
      cards.delete(id);
    }
  }
  for (const request of [...waiting, ...answered]) {
    const card = cards.get(request.id);
    if (card?.request.status !== request.status) {
      const pending = request.status === 'pending';
      const now = pending ? pendingCard(request) : decidedCard(request);
      cards.set(request.id, now);
      card?.article.remove();
      if (pending) news.push(`${client} asks: ${request.bindingMessage}`);
      else if (card) news.push(spoken(request));
    }
    cards.get(request.id).update(request, waiting);
  }
  inOrder(pendingList, waiting, 0);
  inOrder(decidedList, answered, 1); // after its heading
  decidedList.hidden = answered.length === 0;
  byId('empty').hidden = waiting.length > 0;
  document.title = (waiting.length ? `(${waiting.length}) ` : '') + `Phone of ${owner}`;
  byId('note').classList.remove('trouble');
  say(byId('note'), waiting.length === 0 ? 'Nothing to approve.' : waiting.length === 1 ? '1 request waits for you.' : `${waiting.length} requests wait for you.`);
  if (news.length && !(first && waiting.length === 0)) say(byId('news'), news.join('. '));
  if (hadFocus && !hadFocus.article.isConnected) (pendingList.querySelector('.message') ?? byId('owner')).focus();
  first = false;
  tick();
}

function spoken(request) {
  const { title, words } = outcome(request, client);
  return `${title}: ${request.bindingMessage}. ${words}`;
}

function seconds(from, to) {
  return Math.max(0, Math.round((new Date(to) - new Date(from)) / 1_000));
}

function tick() {
  say(byId('clock'), new Date().toLocaleTimeString([], { hour: 'numeric', minute: '2-digit' }));
  for (const { request, article: shown, left, bar, buttons } of cards.values()) {
    if (!left) continue;
    const rest = seconds(Date.now(), request.expiresAt);
    left.textContent = clockTime(rest);
    bar.value = rest;
    shown.classList.toggle('soon', rest < SOON);
    if (rest === 0) buttons.forEach(button => (button.disabled = true));
  }
}

async function refresh() {
  clearTimeout(timer);
  try {
    const answer = await fetch('/phone/requests?user=' + encodeURIComponent(user), { signal: AbortSignal.timeout(AT_MOST_EVERY) });
    if (answer.status === 404) {
      say(byId('note'), 'There is no such user.');
      return;
    }
    if (!answer.ok) throw new Error();
    const requests = await answer.json();
    failures = 0;
    draw(requests);
  } catch {
    failures++;
    if (failures === 3) { // a restart of the tenant is over before
      byId('note').classList.add('trouble');
      say(byId('note'), 'No connection to the identity tenant. What you see may be old; the phone goes on trying.');
    }
  }
  clearTimeout(timer);
  if (!document.hidden) timer = setTimeout(refresh, Math.min(EVERY * (failures + 1), AT_MOST_EVERY));
}

byId('owner').textContent = `Phone of ${owner}`;
byId('face').textContent = owner.charAt(0);
document.addEventListener('visibilitychange', () => {
  if (document.hidden) clearTimeout(timer);
  else refresh();
});
setInterval(tick, 1_000);
tick();
refresh();
