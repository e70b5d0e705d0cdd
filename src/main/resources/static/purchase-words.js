/** What each status and code of a purchase is called, and what it looks like: `tone` is one of live, good, calm, bad, warning. */

const STATUS = {
  REQUESTED: { label: 'Asking', tone: 'live', step: 0 },
  AWAITING_APPROVAL: { label: 'Waiting for you', tone: 'live', step: 1 },
  ORDERING: { label: 'Ordering', tone: 'live', step: 2 },
  ORDERED: { label: 'Ordered', tone: 'good', step: 3 },
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
  not_ordered: { label: 'Not ordered', step: 2 },
  approval_ended: { label: 'Approval ended', step: 2 },
  grant_mismatch: { label: 'Approval didn’t match' },
  shop_refused: { label: 'Shop refused', step: 2 },
  shop_unavailable: { label: 'Shop unavailable', step: 2 },
  stopped: { label: 'Stopped' },
};

const CANCELLABLE = ['REQUESTED', 'AWAITING_APPROVAL'];

export const STEPS = ['Requested', 'Approval', 'Order'];

export const nameOf = ({ qty, product }) => `${qty} ${product}`;

export function lookOf(purchase) {
  const status = STATUS[purchase.status] ?? { label: purchase.status, tone: 'live', step: 0 };
  return { ...status, ...(purchase.endedAt ? CODE[purchase.code] : null), ...stepOfCancelled(purchase) };
}

/** A cancelled purchase ended where it was: before the phone was asked, while it was, or after the approval. */
function stepOfCancelled({ status, expiresAt, decidedAt }) {
  return status === 'CANCELLED' ? { step: decidedAt ? 2 : expiresAt ? 1 : 0 } : null;
}

export const isLive = ({ status }) => CANCELLABLE.includes(status) || status === 'ORDERING';

export const canBeCancelled = ({ status }) => CANCELLABLE.includes(status);

/** What is going on, while something is. */
export function progressSentence({ status }) {
  switch (status) {
    case 'REQUESTED':
      return 'Your phone is being asked…';
    case 'AWAITING_APPROVAL':
      return 'Compare this with your phone, and approve there only if both say the same.';
    case 'ORDERING':
      return 'The shop is being told. It can’t be cancelled any more.';
    default:
      return '';
  }
}

/** How it ended. */
export function outcomeSentence(purchase) {
  if (purchase.status === 'ORDERED') {
    const words = purchase.result?.replace(/[.\s]+$/, '');
    return words ? `The order is placed: ${words}.` : (purchase.reason ?? 'The order is placed.');
  }
  return purchase.reason ?? STATUS[purchase.status]?.sentence ?? `It ended as ${purchase.status}.`;
}

const PRICE = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export const limitOf = ({ priceLimit }) =>
  priceLimit === null || priceLimit === undefined ? 'No limit' : `At most ${PRICE.format(priceLimit)}`;
