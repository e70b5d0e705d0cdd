// Rich authorization details (RFC 9396) of any type as a table: one row for each value, inner ones by their path.

const NAMES = { qty: 'Quantity', priceLimit: 'Price limit' };

function words(member) {
  if (NAMES[member]) return NAMES[member];
  const spaced = member.replace(/[_-]+/g, ' ').replace(/([a-z\d])([A-Z])/g, (_, end, start) => `${end} ${start.toLowerCase()}`);
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

function isPlain(value) {
  return value === null || typeof value !== 'object';
}

function text(value) {
  if (value === null || value === '') return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value);
}

/** [path, text] of each value, in the order of the object. */
function rows(value, path) {
  if (isPlain(value)) return [[path, text(value)]];
  if (Array.isArray(value) && value.every(isPlain)) return [[path, value.length ? value.map(text).join(', ') : 'none']];
  const members = Array.isArray(value) ? value.map((item, n) => [String(n + 1), item]) : Object.entries(value).map(([name, item]) => [words(name), item]);
  return members.length ? members.flatMap(([name, item]) => rows(item, [...path, name])) : [[path, 'none']];
}

export function detailsTable(details, caption) {
  const table = document.createElement('table');
  table.createCaption().textContent = caption;
  const body = table.createTBody();
  for (const [path, value] of rows(details, [])) {
    const row = body.insertRow();
    const name = document.createElement('th');
    name.scope = 'row';
    name.textContent = path.join(' › ') || 'Value';
    name.dir = 'auto';
    row.append(name);
    const cell = row.insertCell();
    cell.textContent = value;
    cell.dir = 'auto';
  }
  return table;
}
