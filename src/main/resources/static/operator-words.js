import { CALL_STATUSES, isUnanswered, lookOf as lookForTheUser, runsAtOnce } from './call-words.js';

/** What states are called for whom somebody else is the user. */
const LABELS = { REQUESTED: 'Asking the user', AWAITING_APPROVAL: 'Waiting for the user' };

export const GOING_ON = 'REQUESTED,AWAITING_APPROVAL,RUNNING';

export const isStatus = (text) => CALL_STATUSES.includes(text);

export const lookOf = (call) => lookForTheUser(call, LABELS);

/** What lists may be restricted to, each `{value, label}`. */
export const STATUS_CHOICES = [
  { value: '', label: 'All' },
  { value: GOING_ON, label: 'All that goes on' },
  ...CALL_STATUSES.map((status) => ({ value: status, label: lookOf({ status }).label })),
];

/** Whether it may be taken back: not once it is being done. */
export const canBeCancelled = ({ status, coveredBy }) => ['REQUESTED', 'AWAITING_APPROVAL'].includes(status) && !coveredBy;

export const canBeSettled = ({ status }) => status === 'OUTCOME_UNKNOWN';

/** The moments that are known, in their order, each `{name, at}`. */
export function momentsOf(call) {
  const { requestedAt, expiresAt, decidedAt, doneAt, endedAt } = call;
  return [
    { name: runsAtOnce(call) ? 'Begun' : 'Asked for', at: requestedAt },
    { name: 'Approvable until', at: isUnanswered(call) ? null : expiresAt },
    { name: 'Decided', at: decidedAt },
    { name: 'Done', at: doneAt },
    { name: 'Ended', at: endedAt },
  ].filter(({ at }) => at);
}

/** Enough of a user's digest to tell users of one list apart. */
export const shortUser = (user) => `${user.slice(0, 8)}…`;

/** What has gone wrong, of a request of this page's. */
export function sentenceOf({ status, message }) {
  if (status === 503) {
    return 'Temporal, which keeps the calls, can’t be reached at the moment.';
  }
  return message;
}
