import { learnTime } from './clock.js';

const CSRF_COOKIES = ['__Host-COUNTERSIGN_CSRF', 'COUNTERSIGN_CSRF']; // by TLS, and on the own machine
const CSRF_HEADER = 'X-CSRF-TOKEN';
const USER_HEADER = 'X-Countersign-User';
const SESSION = '/api/session'; // answers whoever asks
const READ_TIMEOUT = 20_000;

/** An answer that is none of success: `status` 0 means that no answer came at all. */
class Problem extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }

  /** Whether the same request may go well later: when the server is well again, or knows who it is from. */
  get passes() {
    return [0, 401, 403, 408, 429].includes(this.status) || this.status >= 500;
  }
}

/**
 * Tells that the session is over, event `unauthorized`; or that it may be, `limited`: of those whose session is over the server
 * refuses many as too many. Both with the method of the refused request as `detail`.
 */
export const api = new EventTarget();

let user = null;

/**
 * Has each request name whose page this is: nothing is done in the name of another user, who has signed in by another tab, and
 * nothing of theirs is shown here.
 */
export function requestsAreOf(userOfThePage) {
  user = userOfThePage;
}

/** Reads; answers with the JSON. */
export function get(path, signal) {
  return call(path, { method: 'GET', signal: limited(READ_TIMEOUT, signal), headers: path === SESSION ? {} : userHeader() });
}

/**
 * Reads what is no JSON; answers with the text.
 *
 * @param {string} type its media type
 */
export const getText = (path, type) =>
  call(
    path,
    { method: 'GET', signal: limited(READ_TIMEOUT), headers: { ...userHeader(), Accept: `${type}, application/problem+json` } },
    (response) => response.text(),
  );

/** Who is signed in. */
export const getSession = () => get(SESSION);

/**
 * Changes something; answers with the JSON, or null where there is none.
 *
 * @param {string} method POST, PATCH or DELETE
 * @param {number} timeout milliseconds
 */
export async function change(method, path, { body, headers = {}, timeout = READ_TIMEOUT } = {}) {
  const attempt = () =>
    call(path, {
      method,
      signal: limited(timeout),
      headers: { ...headers, ...userHeader(), [CSRF_HEADER]: csrfToken(), ...(body && { 'Content-Type': 'application/json' }) },
      body: body && JSON.stringify(body),
    });
  try {
    return await attempt();
  } catch (problem) {
    if (problem.status !== 403) {
      throw problem;
    }
    await getSession(); // renews the cookie of the token
    return attempt();
  }
}

const userHeader = () => (user === null ? {} : { [USER_HEADER]: user });

function limited(timeout, signal) {
  const limit = AbortSignal.timeout(timeout);
  return signal ? AbortSignal.any([limit, signal]) : limit;
}

async function call(path, options, read = (response) => response.json()) {
  let response;
  try {
    response = await fetch(path, {
      ...options,
      credentials: 'same-origin',
      cache: 'no-store',
      headers: { Accept: 'application/json', ...options.headers },
    });
    learnTime(response);
    if (response.ok) {
      return response.status === 204 ? null : await read(response);
    }
  } catch (cause) {
    if (cause.name === 'AbortError') {
      throw cause;
    }
    throw new Problem(0, 'Countersign can’t be reached at the moment.');
  }
  if (response.status === 401) {
    api.dispatchEvent(new CustomEvent('unauthorized', { detail: options.method }));
  }
  if (response.status === 429) {
    api.dispatchEvent(new CustomEvent('limited', { detail: options.method }));
  }
  throw new Problem(response.status, await detail(response));
}

async function detail(response) {
  try {
    const problem = await response.json();
    return problem.detail ?? problem.title ?? unexplained(response);
  } catch {
    return unexplained(response);
  }
}

const unexplained = (response) => `Something went wrong (${response.status}).`;

function csrfToken() {
  const names = window.location.protocol === 'https:' ? CSRF_COOKIES : CSRF_COOKIES.slice(1);
  const cookies = document.cookie.split('; ');
  const cookie = names.map((name) => cookies.find((each) => each.startsWith(`${name}=`))).find(Boolean);
  return cookie ? decodeURIComponent(cookie.slice(cookie.indexOf('=') + 1)) : '';
}
