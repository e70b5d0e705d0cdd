import { change, get } from './api.js';

/** The user's approvals that cover later calls. Event `change`. */
class Grants extends EventTarget {
  #grants = [];
  #ended = new Set(); // ids: an answer that was under way meanwhile has them still

  /** The oldest first; some may be over. */
  get all() {
    return this.#grants;
  }

  async refresh() {
    this.#keep((await get('/api/grants')).grants);
  }

  /** From now on the user is asked again. */
  async end(callId) {
    try {
      await change('DELETE', `/api/grants/${encodeURIComponent(callId)}`);
    } catch (problem) {
      if (problem.status !== 404) { // else it has ended before
        throw problem;
      }
    }
    this.#ended.add(callId);
    this.#keep(this.#grants);
  }

  #keep(grants) {
    this.#grants = grants.filter(({ id }) => !this.#ended.has(id));
    this.dispatchEvent(new Event('change'));
  }
}

export const myGrants = new Grants();
