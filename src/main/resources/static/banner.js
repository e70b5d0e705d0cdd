import { element } from './dom.js';

const SERVICES = {
  model: { name: 'offline model', link: 'model' },
  tenant: { name: 'embedded tenant', link: 'phone' },
  shop: { name: 'demo shop', link: 'orders' },
  temporal: { name: 'Temporal', link: 'Web UI' },
};

/** Says which services are stand-ins of development, so that nobody takes them for real, and where to look at them. */
export function showBanner(place, embedded) {
  place.replaceChildren(...(embedded?.length > 0 ? [banner(embedded)] : []));
}

function banner(embedded) {
  const services = embedded.flatMap((each, index) => [index > 0 ? ', ' : '', ...service(each)]);
  return element(
    'p',
    { class: 'banner', role: 'note', 'aria-label': 'Development services' },
    element('strong', {}, 'Development services: '),
    ...services,
    '. Nothing here is real.',
  );
}

function service({ service: id, url }) {
  const { name, link } = SERVICES[id] ?? { name: id, link: 'page' };
  return url ? [`${name} (`, element('a', { href: url, target: '_blank', rel: 'noopener' }, link), ')'] : [name];
}
