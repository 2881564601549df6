// One stream of events: the whole state after each connection, then what changed.
import { admitted } from './access.js';
import { showAlerts } from './alerts.js';
import { showCounters } from './counters.js';
import { byId } from './dom.js';
import { addFrames, replaceFrames } from './frames.js';
import { showGroups } from './groups.js';
import { showEvents, showLive, showVersions } from './models.js';

const link = byId('link');
const problem = byId('problem');
const RETRY_MILLIS = 3000;
let whole = true;

function linked(state, text) {
  link.dataset.state = state;
  link.textContent = text;
}

function connect() {
  const stream = new EventSource('/api/events');
  stream.addEventListener('open', () => {
    whole = true;
    linked('live', 'Live');
  });
  stream.addEventListener('error', () => {
    linked('lost', 'Connection lost, trying again…');
    // A refusal (too many pages) ends the stream for good; a lost connection does not.
    if (stream.readyState === EventSource.CLOSED) setTimeout(connect, RETRY_MILLIS);
  });
  stream.addEventListener('message', (event) => show(JSON.parse(event.data)));
}

function show(state) {
  if (state.counters) showCounters(state.counters);
  if (state.liveVersion !== undefined) showLive(state.liveVersion);
  if (state.frames) (whole ? replaceFrames : addFrames)(state.frames);
  if (state.groups) showGroups(state.groups);
  if (state.versions) showVersions(state.versions);
  if (state.events) showEvents(state.events);
  if (state.alerts) showAlerts(state.alerts);
  if (state.problem !== undefined) {
    problem.hidden = state.problem === '';
    problem.textContent = state.problem;
  }
  whole = false;
}

admitted().then(connect);
