// Times and places in words; times as the reader's locale writes them.

/** Seconds as 4:05 or 1:04:05. */
export function clockTime(seconds) {
  const two = number => String(number).padStart(2, '0');
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor(seconds / 60) % 60;
  return (hours ? `${hours}:${two(minutes)}` : String(minutes)) + `:${two(seconds % 60)}`;
}

/** An instant, with its day unless that is today. */
export function moment(instant) {
  const at = new Date(instant);
  const made = document.createElement('time');
  made.dateTime = instant;
  made.textContent = at.toDateString() === new Date().toDateString() ? at.toLocaleTimeString() : at.toLocaleString();
  return made;
}

/** An address as a person may know it. */
export function place(address) {
  return /^(127\.|::1$|0:0:0:0:0:0:0:1$)/.test(address) ? `this computer (${address})` : address;
}
