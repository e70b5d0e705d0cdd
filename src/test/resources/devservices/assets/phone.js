import { detailsTable } from './details.js';

const EVERY = 1_000;
const AT_MOST_EVERY = 5_000;
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

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
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
  const message = element('h2', 'message', request.bindingMessage);
  message.id = `message-${request.id}`;
  message.dir = 'auto';
  message.tabIndex = -1;
  made.setAttribute('aria-labelledby', message.id);
  return { made, message };
}

function tables(request) {
  const all = request.authorizationDetails;
  return all.map((detail, n) => detailsTable(detail, all.length > 1 ? `Details ${n + 1} of ${all.length}` : 'Details'));
}

function pendingCard(request) {
  const { made, message } = article(request);
  const asks = element('p', 'asks');
  const mark = element('img');
  Object.assign(mark, { src: '/assets/icon.svg', alt: '', width: 20, height: 20 });
  asks.append(mark, `${client} asks you`);
  const expiry = element('p', 'expiry', 'Answer within ');
  const left = element('span');
  left.setAttribute('role', 'timer');
  left.setAttribute('aria-label', 'Time left');
  expiry.append(left);
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
  made.append(asks, message, ...tables(request), expiry, trouble, buttons);
  return { request, article: made, left, trouble, buttons: [...buttons.children] };
}

const WORDS = { approved: 'Approved', denied: 'Denied', expired: 'Expired unanswered' };

function decidedCard(request) {
  const { made, message } = article(request);
  const state = element('p', 'state', `${WORDS[request.status]} · asked at ${new Date(request.createdAt).toLocaleTimeString()}`);
  made.append(message, state);
  if (request.authorizationDetails.length) {
    const more = element('details');
    more.append(element('summary', '', 'Details'), ...tables(request));
    made.append(more);
  }
  return { request, article: made };
}

async function decide(id, decision) {
  const card = cards.get(id);
  card.answered = true; // disabled, its button loses the focus
  card.buttons.forEach(button => (button.disabled = true));
  say(card.trouble, '');
  try {
    const answer = await fetch(`/phone/requests/${encodeURIComponent(id)}/${decision}`, { method: 'POST' });
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

/** Draws what changed and nothing else. */
function draw(requests) {
  const news = [];
  const hadFocus = [...cards.values()].find(card => card.answered || card.article.contains(document.activeElement));
  const known = new Set(requests.map(request => request.id));
  for (const [id, card] of cards) {
    if (!known.has(id)) {
      card.article.remove();
      cards.delete(id);
    }
  }
  for (const request of requests.toReversed()) {
    const card = cards.get(request.id);
    if (card?.request.status === request.status) continue;
    const pending = request.status === 'pending';
    const now = pending ? pendingCard(request) : decidedCard(request);
    cards.set(request.id, now);
    card?.article.remove();
    if (pending) pendingList.prepend(now.article);
    else decidedList.querySelector('h2').after(now.article);
    if (pending) news.push(`${client} asks: ${request.bindingMessage}`);
    else if (card) news.push(`${WORDS[request.status]}: ${request.bindingMessage}`);
  }
  const waiting = requests.filter(request => request.status === 'pending');
  decidedList.hidden = waiting.length === requests.length;
  document.title = (waiting.length ? `(${waiting.length}) ` : '') + `Phone of ${owner}`;
  byId('note').classList.remove('trouble');
  say(byId('note'), waiting.length === 0 ? 'Nothing to approve.' : waiting.length === 1 ? '1 request waits for you.' : `${waiting.length} requests wait for you.`);
  if (news.length && !(first && waiting.length === 0)) say(byId('news'), news.join('. '));
  if (hadFocus && !hadFocus.article.isConnected) (pendingList.querySelector('.message') ?? byId('owner')).focus();
  first = false;
  tick();
}

function tick() {
  say(byId('clock'), new Date().toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }));
  for (const { request, article: shown, left, buttons } of cards.values()) {
    if (!left) continue;
    const seconds = Math.max(0, Math.round((new Date(request.expiresAt) - Date.now()) / 1_000));
    left.textContent = clockTime(seconds);
    shown.classList.toggle('soon', seconds < 60);
    if (seconds === 0) buttons.forEach(button => (button.disabled = true));
  }
}

function clockTime(seconds) {
  const two = number => String(number).padStart(2, '0');
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor(seconds / 60) % 60;
  return (hours ? `${hours}:${two(minutes)}` : String(minutes)) + `:${two(seconds % 60)}`;
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
      say(byId('note'), 'The phone has no connection; it goes on trying.');
    }
  }
  clearTimeout(timer);
  if (!document.hidden) timer = setTimeout(refresh, Math.min(EVERY * (failures + 1), AT_MOST_EVERY));
}

byId('owner').textContent = `Phone of ${owner}`;
document.addEventListener('visibilitychange', () => {
  if (document.hidden) clearTimeout(timer);
  else refresh();
});
setInterval(tick, 1_000);
tick();
refresh();
