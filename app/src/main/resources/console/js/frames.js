import { byId, make, picture, time } from './dom.js';

const SHOWN = 40;

const list = byId('frames');
const pause = byId('pause');
let paused = false;
let held = [];

pause.addEventListener('click', () => {
  paused = !paused;
  pause.setAttribute('aria-pressed', String(paused));
  if (!paused) {
    const waiting = held;
    held = [];
    insert(waiting);
  }
  label();
});

/** Replaces the strip: the first state after a connection. */
export function replaceFrames(frames) {
  if (paused) {
    held = frames.slice(0, SHOWN);
    return;
  }
  list.replaceChildren();
  insert(frames.slice(0, SHOWN));
}

/** Puts new frames, newest first, in front. */
export function addFrames(frames) {
  if (paused) {
    held = frames.concat(held).slice(0, SHOWN);
    label();
    return;
  }
  insert(frames);
}

function insert(frames) {
  list.prepend(...frames.map(card));
  while (list.children.length > SHOWN) list.lastElementChild.remove();
  byId('frames-empty').hidden = list.children.length > 0;
}

function label() {
  const more = held.length < SHOWN ? held.length : `${SHOWN}+`;
  pause.textContent = paused ? `Resume${held.length ? ` (${more} new)` : ''}` : 'Pause';
}

function card(frame) {
  const outcome = frame.outcome.toLowerCase();
  const name = frame.outcome === 'KNOWN' ? frame.label : frame.outcome;
  const item = make('li', `frame ${outcome}`);
  item.dataset.event = frame.eventId;
  item.title = [
    `${frame.sourceId}, ${time(frame.capturedAt)}, version ${frame.modelVersion}`,
    frame.reason || `nearest: ${frame.nearest.join(', ')}`,
  ].join('\n');
  const thumb = make('div', 'thumb');
  thumb.append(
    frame.outcome === 'UNDECODABLE'
      ? make('span', 'no-picture', 'no picture')
      : picture(`/api/frames/${encodeURIComponent(frame.eventId)}`, `Image of ${frame.sourceId}`));
  const facts = frame.outcome === 'UNDECODABLE'
    ? frame.reason || 'cannot be read'
    : `p ${frame.pValue.toFixed(2)}  d ${frame.distance.toFixed(2)}`;
  item.append(thumb, make('strong', 'label', name), make('span', 'facts', facts), make('span', 'source', frame.sourceId));
  return item;
}
