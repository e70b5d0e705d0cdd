import { tabs } from './tabs.js';

const AWAY_AFTER = 10_000; // milliseconds in the background
const TICK = 15_000;
const ASLEEP = 60_000; // a timer this late means that the device slept

/**
 * Whether somebody looks at this tab. Event `away`: not for a while. Event `back`: again, or the network or the device
 * has come back, so that connections may be dead without anybody having noticed.
 */
export class Attention extends EventTarget {
  #away = false;
  #timer = null;

  constructor() {
    super();
    document.addEventListener('visibilitychange', () => this.#look());
    window.addEventListener('online', () => this.#back());
    tabs.addEventListener('signed-in', () => this.#mayBeBack());
    window.addEventListener('pageshow', (event) => event.persisted && this.#back());
    let last = Date.now();
    setInterval(() => {
      if (Date.now() - last > ASLEEP && !document.hidden) {
        this.#back();
      }
      last = Date.now();
    }, TICK);
    this.#look();
  }

  #look() {
    clearTimeout(this.#timer);
    if (document.hidden) {
      this.#timer = setTimeout(() => {
        this.#away = true;
        this.dispatchEvent(new Event('away'));
      }, AWAY_AFTER);
    } else if (this.#away) {
      this.#back();
    }
  }

  /** Somebody has signed in elsewhere: what has failed in the meantime goes on when this tab is looked at. */
  #mayBeBack() {
    this.#away = true;
    this.#back();
  }

  #back() {
    if (!document.hidden) {
      this.#away = false;
      this.dispatchEvent(new Event('back'));
    }
  }
}
