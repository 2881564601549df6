import { byId, count, duration, percent, setText, time } from './dom.js';

const WIDTH = 118;
const HEIGHT = 40;

/** Shows the numbers of the header. */
export function showCounters(counters) {
  setText(byId('rate'), counters.imagesPerSecond.toFixed(counters.imagesPerSecond < 100 ? 1 : 0));
  setText(byId('answered'), count(counters.answered));
  setText(byId('since'), `since ${time(counters.since)}`);
  setText(byId('undecodable'), count(counters.undecodable));
  setText(byId('known'), share(counters.recentKnown, counters.recentAnswered));
  setText(byId('unknown'), share(counters.recentUnknown, counters.recentAnswered));
  setText(byId('known-total'), `last minute · ${count(counters.known)} in all`);
  setText(byId('unknown-total'), `last minute · ${count(counters.unknown)} in all`);
  setText(byId('p50'), latency(counters.p50Millis));
  setText(byId('p95'), latency(counters.p95Millis));
  drawSpark(counters.unknownShare);
}

const share = (part, all) => (all === 0 ? '–' : percent(part / all));
const latency = (millis) => (millis < 0 ? '–' : duration(millis));

/** The share of unknowns over the last minute; seconds without an answer leave a gap. */
function drawSpark(shares) {
  const step = WIDTH / (shares.length - 1);
  const top = Math.max(0.25, ...shares);
  let line = '';
  let area = '';
  let start = null;
  shares.forEach((value, index) => {
    if (value < 0) {
      if (start !== null) area += `V${HEIGHT}H${start}Z`;
      start = null;
      return;
    }
    const x = (index * step).toFixed(1);
    const y = (HEIGHT - 2 - (value / top) * (HEIGHT - 4)).toFixed(1);
    line += `${start === null ? 'M' : 'L'}${x} ${y}`;
    area += start === null ? `M${x} ${HEIGHT}L${x} ${y}` : `L${x} ${y}`;
    if (start === null) start = x;
  });
  if (start !== null) area += `V${HEIGHT}H${start}Z`;
  byId('spark').querySelector('.line').setAttribute('d', line);
  byId('spark').querySelector('.area').setAttribute('d', area);
}
