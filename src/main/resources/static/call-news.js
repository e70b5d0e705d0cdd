import { tabs } from './tabs.js';

/** What becomes of calls, wherever it was heard: event `call` with the call as `detail`. */
class CallNews extends EventTarget {
  constructor() {
    super();
    tabs.addEventListener('call', ({ detail }) => this.#tell(detail));
  }

  /** Heard in this tab: the others hear it too. */
  heard(call) {
    tabs.tell('call', call);
    this.#tell(call);
  }

  #tell(call) {
    this.dispatchEvent(new CustomEvent('call', { detail: call }));
  }
}

export const callNews = new CallNews();
