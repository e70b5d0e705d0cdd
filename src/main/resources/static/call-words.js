import { inOneLine, spelled } from './arguments.js';

/**
 * What the states of a call are called, and which of five things each of them is (`tone`): `waiting` for the user, `running`,
 * `done`, `undone` (certainly nothing was done) or `unknown`.
 */
const STATUS = {
  REQUESTED: { label: 'Asking your phone', tone: 'running' },
  AWAITING_APPROVAL: { label: 'Waiting for you', tone: 'waiting' },
  RUNNING: { label: 'In progress', tone: 'running' },
  DONE: { label: 'Done', tone: 'done' },
  DENIED: { label: 'Denied', tone: 'undone', sentence: 'Nothing was done.' },
  EXPIRED: { label: 'Expired', tone: 'undone', sentence: 'No approval arrived in time; nothing was done.' },
  REJECTED: { label: 'Not possible', tone: 'undone', sentence: 'This can’t be done. Nothing was done.' },
  CANCELLED: { label: 'Taken back', tone: 'undone', sentence: 'Nothing was done.' },
  FAILED: { label: 'Not done', tone: 'undone', sentence: 'It was given up. Nothing was done.' },
  OUTCOME_UNKNOWN: {
    label: 'Outcome unknown',
    tone: 'unknown',
    sentence: 'It is unknown whether it was done. Please check before you ask again.',
  },
};

export const CALL_STATUSES = Object.keys(STATUS);

/** Where a code says more than the status does. */
const CODE_LABEL = {
  in_line: 'In line',
  too_many_questions: 'Not asked',
  user_does_not_have_push_notifications: 'No phone enrolled',
  authorization_request_refused: 'Not asked',
  provider_unavailable: 'Approval unavailable',
  authorization_polling_error: 'Approval failed',
  invalid_grant: 'Approval lost',
  approval_lost: 'Approval lost',
  not_asked_in_time: 'Not asked in time',
  approval_ended: 'Approval ended',
  grant_mismatch: 'Approval didn’t match',
  refused: 'Refused',
  stopped: 'Stopped',
};

const END = { DONE: 'Done', OUTCOME_UNKNOWN: 'Last tried' }; // what is said of the moment

const CANCELLABLE = ['REQUESTED', 'AWAITING_APPROVAL'];
const BY_THE_USER = ['DENIED', 'CANCELLED']; // who need not be told
const MAY_LEAVE_A_QUESTION = ['CANCELLED', 'EXPIRED', 'FAILED'];
const MAY_BE_ASKED_AGAIN = ['DENIED', 'EXPIRED', 'CANCELLED', 'FAILED'];
const NO_ANSWER = 'no_answer'; // nobody can approve it any more, and nobody says what became of it
const NO_PHONE = 'user_does_not_have_push_notifications';
const PHONES_LAG = 5 * 60_000; // milliseconds for which a phone may still show what has expired

/** What it is about: the question that the phone shows. */
export const nameOf = ({ message }) => message;

/** The tool in words: `Shop online` for `shop_online` and `shopOnline`. */
export const toolOf = ({ tool }) => spelled(tool);

/**
 * What its state is called, and which of the five things it is.
 *
 * @param {Object<string, string>} labels by statuses, where they are called otherwise than for the user
 */
export function lookOf(call, labels = {}) {
  if (isUnanswered(call)) {
    return { label: 'No answer', tone: 'unknown' };
  }
  const { label, tone } = { label: call.status, tone: 'running', ...STATUS[call.status] };
  if (runsAtOnce(call) && call.status === 'REQUESTED') {
    return { label: STATUS.RUNNING.label, tone };
  }
  const byCode = tone === 'undone' || call.status === 'REQUESTED' ? CODE_LABEL[call.code] : undefined;
  return { label: byCode ?? labels[call.status] ?? label, tone };
}

/** Whether nobody is asked, or not again, so that nothing waits for an approval. */
export const runsAtOnce = ({ unasked, coveredBy }) => Boolean(unasked || coveredBy);

/** Whether its time is over, and nobody says what became of it. */
export const isUnanswered = ({ code }) => code === NO_ANSWER;

/** Whether it is the user's turn: what is being done, needs nobody's approval, or can't be approved any more isn't. */
export const waits = (call) => CANCELLABLE.includes(call.status) && !runsAtOnce(call) && !isUnanswered(call);

export const isLive = ({ status }) => CANCELLABLE.includes(status) || status === 'RUNNING';

export const canBeCancelled = (call) => CANCELLABLE.includes(call.status) && !call.coveredBy && !isUnanswered(call);

/** Whether the user's phone shows the question now, as far as is known here. */
export const isOnThePhone = (call) => call.status === 'AWAITING_APPROVAL' && waits(call);

/**
 * Whether a phone may still show a question that counts no more: nobody can take one back from there.
 *
 * @param now milliseconds since the epoch, by the server's clock
 */
export function mayStillBeOnThePhone({ status, expiresAt, decidedAt, endedAt }, now) {
  const isOpen = MAY_LEAVE_A_QUESTION.includes(status) && expiresAt && !decidedAt;
  return Boolean(isOpen) && now < Math.max(Date.parse(expiresAt), Date.parse(endedAt)) + PHONES_LAG;
}

/** Whether it can be asked for once more: only when nothing was done for certain, and asking can help. */
export const canBeAskedAgain = ({ status, code }) =>
  MAY_BE_ASKED_AGAIN.includes(status) || (status === 'REJECTED' && code === NO_PHONE);

/** The moments that are known, in their order, each `{name, at}`. */
export function momentsOf(call) {
  const { status, requestedAt, decidedAt, doneAt, endedAt } = call;
  return [
    { name: runsAtOnce(call) ? 'Begun' : 'Asked for', at: requestedAt },
    { name: 'You approved', at: status === 'DENIED' ? null : decidedAt },
    { name: END[status] ?? 'Ended', at: doneAt ?? endedAt },
  ].filter(({ at }) => at);
}

/** What is to be told beside its state, which it doesn't repeat; empty: nothing. */
export function sentenceOf({ status, unasked, reason }) {
  if (status === 'RUNNING' && !unasked) {
    return 'It can’t be taken back any more.';
  }
  const ownWords = STATUS[status]?.sentence ?? '';
  return BY_THE_USER.includes(status) ? ownWords : (reason ?? ownWords);
}

/** The same wish in the user's words, complete by itself. */
export function askAgainWords(call) {
  const given = inOneLine(call.arguments);
  return `Please ask me again: ${toolOf(call)}${given === '' ? '' : ` (${given})`}`;
}
