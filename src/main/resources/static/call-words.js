/** What each status and code of a call is called, and what it looks like: `tone` is one of live, good, calm, bad, warning. */

const STATUS = {
  REQUESTED: { label: 'Asking', tone: 'live', step: 0 },
  AWAITING_APPROVAL: { label: 'Waiting for you', tone: 'live', step: 1 },
  RUNNING: { label: 'Being done', tone: 'live', step: 2 },
  DONE: { label: 'Done', tone: 'good', step: 3 },
  DENIED: { label: 'Denied', tone: 'calm', step: 1, sentence: 'You denied the request; nothing was done.' },
  EXPIRED: { label: 'Expired', tone: 'calm', step: 1, sentence: 'No approval arrived in time; nothing was done.' },
  REJECTED: { label: 'Not possible', tone: 'bad', step: 1, sentence: 'This can’t be done. Nothing was done.' },
  CANCELLED: { label: 'Cancelled', tone: 'calm', step: 1, sentence: 'It was cancelled; nothing was done.' },
  FAILED: { label: 'Failed', tone: 'bad', step: 1, sentence: 'It was given up. Nothing was done.' },
  OUTCOME_UNKNOWN: {
    label: 'Outcome unknown',
    tone: 'warning',
    step: 2,
    sentence: 'It is unknown whether it was done. Please check before you ask again.',
  },
};

/** Where a code says more than its status: another label, or the step at which it ended. */
const CODE = {
  user_does_not_have_push_notifications: { label: 'No phone enrolled', step: 0 },
  authorization_request_refused: { label: 'Request refused', step: 0 },
  provider_unavailable: { label: 'Approval unavailable' },
  authorization_polling_error: { label: 'Approval failed' },
  invalid_grant: { label: 'Approval lost' },
  approval_lost: { label: 'Approval lost' },
  not_asked_in_time: { label: 'Not asked in time' },
  settled_as_not_done: { label: 'Not done', step: 2 },
  approval_ended: { label: 'Approval ended', step: 2 },
  grant_mismatch: { label: 'Approval didn’t match' },
  refused: { label: 'Refused', step: 2 },
  not_done: { label: 'Not done', step: 2 },
  stopped: { label: 'Stopped' },
};

const CANCELLABLE = ['REQUESTED', 'AWAITING_APPROVAL'];

export const STEPS = ['Requested', 'Approval', 'Done'];

/** What it is about: the question that the phone shows. */
export const nameOf = ({ message }) => message;

/** The tool: `Shop online` for `shop_online` and `shopOnline`. */
export const toolOf = ({ tool }) => spelled(tool);

/** The arguments that were given, each with its name in words. */
export const factsOf = ({ arguments: given }) =>
  Object.entries(given)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => ({ name: spelled(name), value: typeof value === 'object' ? JSON.stringify(value) : String(value) }));

function spelled(name) {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/_+/g, ' ').trim().toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function lookOf(call) {
  const status = STATUS[call.status] ?? { label: call.status, tone: 'live', step: 0 };
  return { ...status, ...(call.endedAt ? CODE[call.code] : null), ...stepOfCancelled(call), ...whileUnasked(call) };
}

/** A cancelled call ended where it was: before the phone was asked, while it was, or after the approval. */
function stepOfCancelled({ status, expiresAt, decidedAt }) {
  return status === 'CANCELLED' ? { step: decidedAt ? 2 : expiresAt ? 1 : 0 } : null;
}

/** Nobody is asked, or not again, so nothing waits for an approval. */
function whileUnasked({ status, unasked, coveredBy }) {
  return (unasked || coveredBy) && status === 'REQUESTED' ? { label: 'Being done', step: 2 } : null;
}

export const isLive = ({ status }) => CANCELLABLE.includes(status) || status === 'RUNNING';

export const canBeCancelled = ({ status, coveredBy }) => CANCELLABLE.includes(status) && !coveredBy;

/** What is going on, while something is. */
export function progressSentence({ status, unasked, coveredBy }) {
  if (coveredBy) {
    return isLive({ status }) ? 'It is being done, and can’t be cancelled any more.' : '';
  }
  if (unasked) {
    return isLive({ status }) ? 'This needs no approval and is being done.' : '';
  }
  switch (status) {
    case 'REQUESTED':
      return 'Your phone is being asked…';
    case 'AWAITING_APPROVAL':
      return 'Compare this with your phone, and approve there only if both say the same.';
    case 'RUNNING':
      return 'You approved. It is being done, and can’t be cancelled any more.';
    default:
      return '';
  }
}

/** How it ended. */
export function outcomeSentence(call) {
  if (call.status === 'DONE') {
    const words = typeof call.result === 'string' ? call.result.replace(/[.\s]+$/, '') : '';
    return words ? `It is done: ${words}.` : (call.reason ?? 'It is done.');
  }
  return call.reason ?? STATUS[call.status]?.sentence ?? `It ended as ${call.status}.`;
}
