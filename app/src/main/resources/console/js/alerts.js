import { byId, make, time } from './dom.js';

const WORDS = { BORN: 'New group', GROWING: 'Growing', FLOOD: 'Flood of unknowns' };

/** Shows the alerts. */
export function showAlerts(alerts) {
  byId('alerts').replaceChildren(...alerts.slice(0, 40).map((alert) => {
    const item = make('li', `alert ${alert.kind.toLowerCase()}`);
    const text = make('div');
    text.append(make('strong', '', WORDS[alert.kind] ?? alert.kind), make('p', 'aside', alert.message));
    item.append(make('time', '', time(alert.at)), text);
    return item;
  }));
  byId('alerts-empty').hidden = alerts.length > 0;
}
