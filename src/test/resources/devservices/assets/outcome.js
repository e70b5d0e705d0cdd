// What came of a request, as far as a phone can know it. Whoever asked is the one who acts: an answer that was sent is
// no deed, and one that nobody fetches is none at all.

/** {kind, title, words}: kind is yes, no, sent or lost. */
export function outcome(request, client) {
  switch (request.status) {
    case 'denied':
      return { kind: 'no', title: 'Denied', words: 'You said no.' };
    case 'expired':
      return { kind: 'lost', title: 'Expired', words: 'You did not answer in time.' };
    default:
      return approved(request, client);
  }
}

function approved(request, client) {
  if (request.delivered) {
    return { kind: 'yes', title: 'Approved', words: `${client} has your answer, and says what comes of it.` };
  }
  if (new Date(request.expiresAt) <= Date.now()) {
    return { kind: 'lost', title: 'Not used', words: `You approved, but ${client} did not fetch your answer in time: nothing comes of it.` };
  }
  if (!request.asking) {
    return { kind: 'sent', title: 'Not fetched yet', words: `You approved, but ${client} isn’t asking for your answer right now. It counts once ${client} asks again; if it has taken the request back, nothing comes of it.` };
  }
  return { kind: 'sent', title: 'Answer sent', words: `You approved. ${client} says what comes of it.` };
}
