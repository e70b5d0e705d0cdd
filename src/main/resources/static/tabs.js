/**
 * The other tabs of this browser, which hear at once what happens in this one. What is told is an event with its data as
 * `detail`, in every other tab of the same user: `signing-out`, then `signed-out` or `sign-out-failed`; `signed-in`, `began`,
 * `said`, `renamed`, `removed`, `call`. Where browsers have no channels, the tabs find out later: from the server.
 */
class Tabs extends EventTarget {
  #channel = 'BroadcastChannel' in window ? new BroadcastChannel('countersign') : null;
  #user = null;

  constructor() {
    super();
    this.#channel?.addEventListener('message', ({ data: { kind, user, detail } }) => {
      if (kind === 'signed-in' || user === this.#user) {
        this.dispatchEvent(new CustomEvent(kind, { detail }));
      }
    });
  }

  /** @param {string} user stands for who is signed in here */
  belongTo(user) {
    this.#user = user;
  }

  tell(kind, detail = null) {
    this.#channel?.postMessage({ kind, user: this.#user, detail });
  }
}

export const tabs = new Tabs();
