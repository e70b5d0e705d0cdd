import { runsAtOnce } from './call-words.js';
import { serverNow } from './clock.js';

const TURN_TAKES = 150_000; // milliseconds until the server answers 504

/** Until when (milliseconds since the epoch) the answer to a message of the user's may still come by itself. */
export const awaitedUntil = (message) => Date.parse(message.at) + TURN_TAKES;

/**
 * Everything of a conversation in the order in which it is shown: messages by their number; each call after the turn that
 * started it, or before its answer when nobody was asked, because then the answer tells what came of it; what the assistant
 * said of a call with that call, unless the user has spoken since; what is still on its way at the end.
 *
 * @param {?Conversation} conversation null: a new one
 * @param sends those of the conversation in the outbox
 * @returns entries `{key, kind: 'message' | 'call', message?, send?, about?, call?, said?}`; the key stays the same, also when
 *     a message has arrived that was on its way; `send` is left out while the answer to what has arrived may still come by
 *     itself; `about` is the call whose news a message is, `said` the messages that go with a call
 */
export function timeline(conversation, sends) {
  const entries = (conversation?.messages ?? []).map((message) => messageEntry(message, conversation.keyOf(message.id), sends));
  for (const call of conversation?.calls ?? []) {
    entries.splice(placeOf(call, entries), 0, { key: `call-${call.id}`, kind: 'call', call, said: [] });
  }
  const underWay = sends.filter((send) => !conversation?.hasArrived(send));
  return [...withNews(entries), ...underWay.map(sendEntry)];
}

function messageEntry(message, sentAs, sends) {
  return {
    key: sentAs ? `send-${sentAs}` : `message-${message.id}`,
    kind: 'message',
    message,
    send: awaitedUntil(message) > serverNow() ? undefined : sends.find(({ key }) => key === sentAs),
  };
}

function sendEntry(send) {
  const message = { id: null, role: 'user', text: send.text, at: send.at, callId: null };
  return { key: `send-${send.key}`, kind: 'message', message, send };
}

const isOfUser = ({ message }) => message?.role === 'user';

/** The turn's answer comes next after its question: news is told between turns. */
function placeOf(call, entries) {
  const asked = Date.parse(call.requestedAt);
  let place = entries.findLastIndex((entry) => isOfUser(entry) && Date.parse(entry.message.at) <= asked);
  if (place < 0) {
    place = entries.findIndex(isOfUser);
  }
  place = afterCalls(entries, place + 1);
  const next = entries[place]?.message;
  const isAnswered = next?.role === 'assistant' && !next.callId;
  return isAnswered && !runsAtOnce(call) ? afterCalls(entries, place + 1) : place;
}

function afterCalls(entries, from) {
  let place = from;
  while (entries[place]?.kind === 'call') {
    place++;
  }
  return place;
}

/** News goes to its call; where the user has spoken since, it stays where it was said and names the call. */
function withNews(entries) {
  const calls = new Map();
  let spoken = 0;
  return entries.filter((entry) => {
    if (entry.kind === 'call') {
      calls.set(entry.call.id, { entry, spoken });
    } else if (isOfUser(entry)) {
      spoken++;
    } else if (calls.has(entry.message.callId)) {
      const about = calls.get(entry.message.callId);
      if (about.spoken === spoken) {
        about.entry.said.push(entry.message);
        return false;
      }
      entry.about = about.entry.call;
    }
    return true;
  });
}
