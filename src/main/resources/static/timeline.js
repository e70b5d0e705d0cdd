import { serverNow } from './clock.js';

const TURN_TAKES = 150_000; // milliseconds until the server answers 504

/** Until when (milliseconds since the epoch) the answer to a message of the user's may still come by itself. */
export const awaitedUntil = (message) => Date.parse(message.at) + TURN_TAKES;

/**
 * Everything of a conversation in the order in which it is shown: messages by their number, each call after the user's
 * message whose turn started it, what is still on its way at the end.
 *
 * @param {?Conversation} conversation null: a new one
 * @param sends those of the conversation in the outbox
 * @returns entries `{key, kind: 'message' | 'call', message?, send?, call?}`; the key stays the same, also when a message
 *     has arrived that was on its way; `send` is left out while the answer to what has arrived may still come by itself
 */
export function timeline(conversation, sends) {
  const entries = (conversation?.messages ?? []).map((message) => messageEntry(message, conversation.keyOf(message.id), sends));
  for (const call of conversation?.calls ?? []) {
    insertCall(entries, call);
  }
  const underWay = sends.filter((send) => !conversation?.hasArrived(send));
  return [...entries, ...underWay.map(sendEntry)];
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

function insertCall(entries, call) {
  const asked = Date.parse(call.requestedAt);
  let place = entries.findLastIndex(({ message }) => message?.role === 'user' && Date.parse(message.at) <= asked);
  if (place < 0) {
    place = entries.findIndex(({ message }) => message?.role === 'user');
  }
  while (entries[place + 1]?.kind === 'call') {
    place++;
  }
  entries.splice(place + 1, 0, { key: `call-${call.id}`, kind: 'call', call });
}
