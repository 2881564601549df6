import { arrange, byId, count, make, picture, setText, time } from './dom.js';

const WORDS = { OPEN: 'To be named', LEARNING: 'Learning', HELD_BACK: 'Not learned', LEARNED: 'Learned', RECOGNISED: 'Known by now', IGNORED: 'Ignored', CLOSED: 'Closed' };
const THUMBS = 6;

const list = byId('groups');
const cards = new Map();

/** Shows the groups. A card that is typed into stays where it is, and keeps what was typed. */
export function showGroups(groups) {
  const present = new Set(groups.map((group) => group.groupId));
  for (const id of [...cards.keys()]) {
    if (!present.has(id)) {
      cards.get(id).root.remove();
      cards.delete(id);
    }
  }
  for (const group of groups) {
    if (!cards.has(group.groupId)) cards.set(group.groupId, newCard(group.groupId));
    update(cards.get(group.groupId), group);
  }
  if (list.contains(document.activeElement)) {
    for (const group of groups) {
      const { root } = cards.get(group.groupId);
      if (!root.isConnected) list.append(root);
    }
  } else {
    arrange(list, groups.map((group) => cards.get(group.groupId).root));
  }
  const open = groups.filter((group) => group.stage === 'OPEN').length;
  setText(byId('groups-count'), open === 0 ? '' : `${count(open)} to be named`);
  byId('groups-empty').hidden = groups.length > 0;
}

function newCard(groupId) {
  const root = make('article', 'group');
  root.dataset.group = groupId;
  const title = make('h3', 'group-name');
  const stage = make('span', 'stage');
  const head = make('div', 'group-head');
  head.append(title, stage);
  const thumbs = make('div', 'thumbs');
  const facts = make('p', 'facts');
  const note = make('p', 'note');
  const error = make('p', 'error');
  error.setAttribute('role', 'alert');
  const card = { root, title, stage, thumbs, facts, note, error, shown: '' };
  card.form = newForm(groupId, card);
  root.append(head, thumbs, facts, card.form, note, error);
  return card;
}

function newForm(groupId, card) {
  const form = make('form', 'naming');
  const input = make('input');
  input.name = 'name';
  input.maxLength = 64;
  input.autocomplete = 'off';
  input.placeholder = 'What is it?';
  input.setAttribute('aria-label', 'Name of this group');
  const name = make('button', 'primary', 'Name');
  name.type = 'submit';
  const ignore = make('button', 'quiet', 'Ignore');
  ignore.type = 'button';
  form.append(input, name, ignore);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (input.value.trim() === '') {
      card.error.textContent = 'Type a name first.';
      input.focus();
      return;
    }
    decide(groupId, card, { name: input.value.trim() });
  });
  ignore.addEventListener('click', () => decide(groupId, card, { ignore: true }));
  return form;
}

async function decide(groupId, card, decision) {
  const controls = [...card.form.elements];
  controls.forEach((control) => { control.disabled = true; });
  card.error.textContent = '';
  try {
    const answer = await fetch(`/api/groups/${encodeURIComponent(groupId)}/label`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(decision),
    });
    const body = await answer.json();
    if (!answer.ok) throw new Error(body.message);
    card.form.hidden = true;
    card.title.textContent = decision.ignore ? 'Ignored' : body.name;
  } catch (problem) {
    card.error.textContent = problem.message || 'The console does not answer.';
  } finally {
    controls.forEach((control) => { control.disabled = false; });
  }
}

function update(card, group) {
  const open = group.stage === 'OPEN';
  card.root.className = `group ${group.stage.toLowerCase().replace('_', '-')}`;
  setText(card.title, group.label || (open ? 'Unnamed group' : WORDS[group.stage]));
  setText(card.stage, WORDS[group.stage]);
  setText(card.facts, `${count(group.size)} images · ${time(group.firstSeen)} – ${time(group.lastSeen)}`);
  card.facts.title = `Group ${group.groupId}, scope ${group.scope}`;
  setText(card.note, group.note);
  card.form.hidden = !open;
  const wanted = group.exemplars.slice(0, THUMBS);
  const key = wanted.join('\n');
  if (card.shown !== key) {
    card.shown = key;
    card.thumbs.replaceChildren(...wanted.map((eventId, index) => picture(
      `/api/groups/${encodeURIComponent(group.groupId)}/exemplars/${index}?event=${encodeURIComponent(eventId)}`,
      'Member of this group')));
  }
}
