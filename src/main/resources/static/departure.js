import { memory } from './memory.js';

/** How this page is left. Nothing breaks off a sign-out that is under way: the identity provider would never hear of it. */
class Departure {
  #isSigningOut = false;
  #isStartingAnew = false;
  #putOff = null; // what would have broken the sign-out off

  constructor() {
    // the browser had kept the page for its Back button
    window.addEventListener('pageshow', ({ persisted }) => persisted && this.#reset());
  }

  get isSigningOut() {
    return this.#isSigningOut;
  }

  /** The answer says where the page goes. */
  signOutBegins() {
    this.#isSigningOut = true;
  }

  /** The page stays, unless it had to be left meanwhile. */
  signOutFailed() {
    const putOff = this.#putOff;
    this.#reset();
    putOff?.();
  }

  /**
   * Loads the page anew.
   *
   * @param {string} address where
   * @param {?string} news what it has to tell then; of several the last; null: nothing more
   */
  startAnew(address = window.location.pathname, news = null) {
    if (this.#isSigningOut) {
      this.#putOff = () => this.startAnew(address, news);
      return;
    }
    if (news !== null) {
      memory.write('news', news);
    }
    if (!this.#isStartingAnew) {
      this.#isStartingAnew = true;
      history.replaceState(null, '', address);
      window.location.reload();
    }
  }

  #reset() {
    this.#isSigningOut = false;
    this.#putOff = null;
  }
}

export const departure = new Departure();
