const PREFIX = 'countersign.';

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

  clear() {
    try {
      Object.keys(sessionStorage)
        .filter((name) => name.startsWith(PREFIX))
        .forEach((name) => sessionStorage.removeItem(name));
    } catch {
      // nothing was kept
    }
  },

  /** Forgets what another user has typed in this tab. */
  belongTo(user) {
    if (this.read('user') !== null && this.read('user') !== user) {
      this.clear();
    }
    this.write('user', user);
  },
};
