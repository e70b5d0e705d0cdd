/**
 * Makes an element. Text only ever enters as text nodes: nothing here parses HTML.
 *
 * @param {string} tag name of the element
 * @param {Object<string, *>} attributes attributes by name; functions named `on…` are listeners; null, undefined and false are left out
 * @param {...(Node|string)} children nodes, or strings that become text
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      made.addEventListener(name.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(name, value === true ? '' : value);
    }
  }
  made.append(...children);
  return made;
}

export const byId = (id) => document.getElementById(id);

/** Makes `nodes` the children of `parent`, and moves only those that are not in place. */
export function arrange(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.children]) {
    if (!wanted.has(child)) {
      child.remove();
    }
  }
  nodes.forEach((node, index) => {
    if (parent.children[index] !== node) {
      parent.insertBefore(node, parent.children[index] ?? null);
    }
  });
}

/** Sets text only where it changes, so that selections and live regions stay as they are. */
export function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}
