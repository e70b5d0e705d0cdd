const PREFIX = 'countersign.';
const NEWS = 'news'; // what the page has to tell when it is loaded again

let isClosed = false;

/** What this tab remembers over a reload and a login: values are JSON. */
export const memory = {
  read(name) {
    try {
      return JSON.parse(sessionStorage.getItem(PREFIX + name));
    } catch {
      return null; // storage is off, or holds something strange
    }
  },

  write(name, value) {
    if (isClosed && name !== NEWS) {
      return;
    }
    try {
      if (value === null || value === '') {
        sessionStorage.removeItem(PREFIX + name);
      } else {
        sessionStorage.setItem(PREFIX + name, JSON.stringify(value));
      }
    } catch {
      // storage is off or full: the page works, and forgets on reload
    }
  },

  /** The user has gone: nothing is kept, nor what is still under way, until the page is loaded again. */
  close() {
    forget();
    isClosed = true;
  },

  /** Forgets what another user has typed in this tab. */
  belongTo(user) {
    if (this.read('user') !== null && this.read('user') !== user) {
      forget();
    }
    this.write('user', user);
  },
};

function forget() {
  try {
    Object.keys(sessionStorage)
      .filter((name) => name.startsWith(PREFIX))
      .forEach((name) => sessionStorage.removeItem(name));
  } catch {
    // nothing was kept
  }
}
