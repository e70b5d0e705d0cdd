import { element } from './dom.js';

const SERVICES = {
  model: { name: 'offline model', link: 'Model' },
  tenant: { name: 'embedded tenant', link: 'Phone' },
  shop: { name: 'demo shop', link: 'Shop orders' },
  temporal: { name: 'embedded Temporal', link: 'Temporal Web UI' },
};

/** Says which services are stand-ins of development, so that nobody takes them for real, and where to look at them. */
export function showBanner(place, embedded) {
  place.replaceChildren(...(embedded?.length > 0 ? [banner(embedded)] : []));
}

function banner(embedded) {
  const names = embedded.map(({ service }) => SERVICES[service]?.name ?? service);
  const links = embedded.filter(({ url }) => url !== null && url !== undefined);
  return element(
    'div',
    { class: 'banner', role: 'note', 'aria-label': 'Development services' },
    element('p', {}, element('strong', {}, 'Development services: '), `${names.join(', ')}. Nothing here is real.`),
    element('p', { class: 'banner-links' }, ...links.map(link)),
  );
}

const link = ({ service, url }) =>
  element('a', { href: url, target: '_blank', rel: 'noopener' }, SERVICES[service]?.link ?? service);
