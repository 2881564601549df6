// Small helpers. Text from the topics only ever goes through textContent.

/** Makes an element with a class and text. */
export function make(tag, className = '', text = '') {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== '') element.textContent = text;
  return element;
}

export const byId = (id) => document.getElementById(id);

/** Sets text only when it differs, so that selections and screen readers are left in peace. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Puts the children into this order, moving only what is out of place. */
export function arrange(parent, children) {
  children.forEach((child, index) => {
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
  });
  while (parent.children.length > children.length) parent.lastElementChild.remove();
}

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' });

/** The time of day; with the date when it was not today. */
export function time(millis) {
  const then = new Date(millis);
  const today = then.toDateString() === new Date().toDateString();
  return today ? clock.format(then) : `${day.format(then)} ${clock.format(then)}`;
}

/** A length of time in the largest unit that keeps it readable. */
export function duration(millis) {
  if (millis < 10) return `${millis.toFixed(1)} ms`;
  if (millis < 1000) return `${Math.round(millis)} ms`;
  if (millis < 60_000) return `${(millis / 1000).toFixed(1)} s`;
  if (millis < 3_600_000) return `${Math.floor(millis / 60_000)} min ${Math.round((millis % 60_000) / 1000)} s`;
  return `${Math.floor(millis / 3_600_000)} h ${Math.round((millis % 3_600_000) / 60_000)} min`;
}

const whole = new Intl.NumberFormat();
export const count = (number) => whole.format(number);
export const percent = (share, digits = 1) => `${(share * 100).toFixed(digits)} %`;

/** A picture that asks again a few times: an answer may be here before its image is. */
export function picture(url, alt) {
  const image = make('img');
  let left = 3;
  image.alt = alt;
  image.decoding = 'async';
  image.draggable = false;
  image.addEventListener('error', () => {
    if (left === 0 || !image.isConnected) {
      image.replaceWith(make('span', 'no-picture', 'no picture'));
      return;
    }
    left -= 1;
    setTimeout(() => { image.src = `${url}${url.includes('?') ? '&' : '?'}again=${left}`; }, 700);
  });
  image.src = url;
  return image;
}
