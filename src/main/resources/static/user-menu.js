import { servicesOf } from './banner.js';
import { byId, element, setText } from './dom.js';
import { icon } from './icons.js';
import { Menu } from './menu.js';

/** The right end of the header: who is signed in, and behind the name where they can go from here. */
export class UserMenu {
  /** @param {function(boolean)} onSignOut hears whether all other sessions are to end too */
  constructor({ name, embedded }, onSignOut) {
    setText(byId('user-name'), name);
    setText(byId('user-initial'), [...name.trim()][0]?.toLocaleUpperCase() ?? '?');
    setText(byId('menu-name'), name);
    byId('user-button').setAttribute('aria-label', `Menu of ${name}`); // which is not shown where it is narrow
    new Menu(byId('user-menu')).serve(byId('user-button'));
    link(servicesOf(embedded));
    byId('sign-out').addEventListener('click', () => onSignOut(false));
    byId('sign-out-everywhere').addEventListener('click', () => onSignOut(true));
  }
}

function link(services) {
  const links = services.filter(({ url }) => url);
  byId('menu-services').append(
    ...links.map(({ url, place }) =>
      element('a', { class: 'menu-item', href: url, target: '_blank', rel: 'noopener' }, place, icon('out')),
    ),
  );
  byId('menu-services').hidden = links.length === 0;
}
