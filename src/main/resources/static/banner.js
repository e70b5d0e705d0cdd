import { element } from './dom.js';
import { icon } from './icons.js';

const HIDDEN = 'countersign.banner'; // beyond the session: who knows it need not be told again

const SERVICES = {
  tenant: { is: 'an embedded identity tenant', place: 'Phone', link: 'phone' },
  model: { is: 'an offline model', place: 'Model', link: 'model' },
  shop: { is: 'a demo shop', place: 'Demo shop’s orders', link: 'orders' },
  temporal: { is: 'a Temporal dev server', place: 'Temporal Web UI', link: 'Web UI' },
};
const ORDER = Object.keys(SERVICES);

/** Without an address there is no shop at all. */
const MOCKED = { is: 'mocked orders' };

/** The embedded services with what they are called, in the order in which people meet them: `{service, url, is, place, link}`. */
export function servicesOf(embedded) {
  return (embedded ?? [])
    .map((each) => ({
      is: each.service,
      place: each.service,
      link: 'page',
      ...SERVICES[each.service],
      ...(each.service === 'shop' && !each.url && MOCKED),
      ...each,
    }))
    .sort((a, b) => ORDER.indexOf(a.service) - ORDER.indexOf(b.service));
}

/** Says which services are stand-ins of development, so that nobody takes them for real, or real ones for them. */
export class Banner {
  #place;
  #focusAfter;
  #services;

  /** @param {HTMLElement} focusAfter gets the focus when the user has put the banner away */
  constructor(place, embedded, focusAfter) {
    this.#place = place;
    this.#focusAfter = focusAfter;
    this.#services = servicesOf(embedded);
  }

  show() {
    const isTold = this.#services.length === 0 || remembered() === this.#kinds;
    this.#place.replaceChildren(...(isTold ? [] : [this.#banner()]));
  }

  /** What was told: other services are told again. */
  get #kinds() {
    return this.#services.map(({ service }) => service).join(' ');
  }

  #banner() {
    const hide = { class: 'banner-hide', type: 'button', 'aria-label': 'Hide this note', onclick: () => this.#hide() };
    return element(
      'div',
      { class: 'banner', role: 'note', 'aria-label': 'Development services' },
      element('p', {}, element('strong', {}, 'For development'), ' with ', ...this.#named(), `. ${this.#whatIsReal()}`),
      element('button', hide, icon('cross')),
    );
  }

  #named() {
    return this.#services.flatMap(({ is, url, link }, index) => {
      const before = index === 0 ? '' : index === this.#services.length - 1 ? ' and ' : ', ';
      return url ? [before, is, ' (', element('a', { href: url, target: '_blank', rel: 'noopener' }, link), ')'] : [before, is];
    });
  }

  /** Of what happens outside: whether something is bought, and who is asked. */
  #whatIsReal() {
    const has = (service) => this.#services.some((each) => each.service === service);
    if (has('shop')) {
      return has('tenant') ? 'Orders and approvals aren’t real.' : 'Orders aren’t real; approvals are.';
    }
    return has('tenant') ? 'Approvals aren’t real; what is approved is done.' : 'Approvals and what follows from them are real.';
  }

  #hide() {
    try {
      localStorage.setItem(HIDDEN, this.#kinds);
    } catch {
      // storage is off: hidden until the page is loaded again
    }
    this.#place.replaceChildren();
    this.#focusAfter.focus();
  }
}

function remembered() {
  try {
    return localStorage.getItem(HIDDEN);
  } catch {
    return null;
  }
}
