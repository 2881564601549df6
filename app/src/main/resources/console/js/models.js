import { byId, duration, make, percent, time } from './dom.js';
import { promoteButton, rollBackButton } from './operate.js';

const EVENTS = {
  TRAINING: 'Training', NOT_PUBLISHED: 'Not published', PUBLISHED: 'Published',
  LOADED: 'Loaded', REFUSED: 'Refused', ACTIVATED: 'Activated',
  RECALIBRATED: 'Recalibrated', OVERRIDE_REFUSED: 'Override refused',
};
const TOOK = { PUBLISHED: 'trained in', LOADED: 'loaded in', ACTIVATED: 'pause of' };
const opened = new Set();

/** Shows the version that answers now. */
export function showLive(version) {
  byId('live-version').textContent = version < 0 ? 'none' : `version ${version}`;
}

/** Shows the table of versions; two rows each: numbers, then classes. */
export function showVersions(versions) {
  const several = new Set(versions.map((row) => row.name)).size > 1;
  byId('models').replaceChildren(...versions.flatMap((row) => [numbers(row, several), details(row)]));
  byId('models').parentElement.hidden = versions.length === 0;
  byId('models-empty').hidden = versions.length > 0;
}

function numbers(row, several) {
  const line = make('tr', `version ${row.role}`);
  const head = make('th', '', several ? `${row.name} ${row.version}` : String(row.version));
  head.scope = 'row';
  head.title = `${row.name}, published ${time(row.publishedAt)}`;
  const role = make('td');
  role.append(make('span', `role ${row.role}`, row.role));
  line.append(
    head,
    role,
    cell(measure(row.measures, 'accuracy')),
    cell(measure(row.measures, 'known-right'), 'Known images answered KNOWN with their class'),
    cell(row.effectiveFrom < 0 ? '–' : time(row.effectiveFrom), 'In force from, by record time'),
    cell(row.learnMillis < 0 ? '–' : duration(row.learnMillis), 'From the first label until it could answer'));
  return line;
}

function details(row) {
  const line = make('tr', 'classes');
  const all = make('td');
  all.colSpan = 6;
  const chips = make('ul', 'chips');
  for (const name of row.classes) {
    const fresh = row.learned.includes(name);
    const chip = make('li', fresh ? 'chip fresh' : 'chip', name);
    if (fresh) chip.append(make('span', 'new', 'new'));
    chips.append(chip);
  }
  all.append(chips, measures(row));
  if (row.role === 'live') all.append(rollBackButton(row));
  else if (row.role !== 'scheduled') all.append(promoteButton(row));
  line.append(all);
  return line;
}

function measures(row) {
  const key = `${row.name}/${row.version}`;
  const fold = make('details');
  fold.open = opened.has(key);
  fold.addEventListener('toggle', () => (fold.open ? opened.add(key) : opened.delete(key)));
  fold.append(make('summary', '', `Published ${time(row.publishedAt)} · all measures`));
  const list = make('dl', 'measures');
  for (const [name, value] of Object.entries(row.measures)) {
    list.append(make('dt', '', name), make('dd', '', Number.isInteger(value) ? String(value) : value.toFixed(4)));
  }
  fold.append(list);
  return fold;
}

function cell(text, title = '') {
  const made = make('td', 'number', text);
  made.title = title;
  return made;
}

function measure(measures, name) {
  return name in measures ? percent(measures[name]) : '–';
}

/** Shows what happened to versions. */
export function showEvents(events) {
  byId('events').replaceChildren(...events.slice(0, 40).map((event) => {
    const item = make('li', `event ${event.kind.toLowerCase().replace('_', '-')}`);
    const text = make('div');
    const took = TOOK[event.kind] && event.durationMillis > 0 ? ` · ${TOOK[event.kind]} ${duration(event.durationMillis)}` : '';
    const remark = [event.instance, event.reason].filter(Boolean).join(': ');
    text.append(
      make('strong', '', `${EVENTS[event.kind] ?? event.kind} version ${event.version}`),
      make('span', 'aside', took),
      make('p', 'aside', remark));
    item.append(make('time', '', time(event.at)), text);
    return item;
  }));
  byId('events-empty').hidden = events.length > 0;
}
