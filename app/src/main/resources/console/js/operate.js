// Which version is live: for those whose role lets them decide that.
import { byId, make } from './dom.js';

const form = byId('operate-form');
const question = byId('operate-question');
const reason = byId('operate-reason');
const outcome = byId('operate-outcome');
let decided = null;

function ask(text, path, told) {
  decided = { path, told };
  question.textContent = text;
  outcome.textContent = '';
  outcome.className = 'note';
  reason.value = '';
  form.hidden = false;
  reason.focus();
}

/** A button that asks before it makes a version live. */
export function promoteButton(row) {
  const button = make('button', 'operate', 'Promote');
  button.type = 'button';
  button.title = `Make version ${row.version} live`;
  button.addEventListener('click', () => ask(
    `Make ${row.name} version ${row.version} live?`,
    `/api/models/${encodeURIComponent(row.name)}/versions/${row.version}/promote`,
    'will be live'));
  return button;
}

/** A button that asks before it makes the version live again that was live before. */
export function rollBackButton(row) {
  const button = make('button', 'operate', 'Roll back');
  button.type = 'button';
  button.title = 'Make the version live again that was live before';
  button.addEventListener('click', () => ask(
    `Take ${row.name} back to the version before ${row.version}?`,
    `/api/models/${encodeURIComponent(row.name)}/rollback`,
    'will be live again'));
  return button;
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const controls = [...form.elements];
  controls.forEach((control) => { control.disabled = true; });
  outcome.className = 'note';
  outcome.textContent = 'Waiting until every processor has it ready…';
  try {
    const answer = await fetch(decided.path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(reason.value.trim() ? { reason: reason.value.trim() } : {}),
    });
    const body = await answer.json();
    if (!answer.ok) throw new Error(body.message);
    form.hidden = true;
    outcome.textContent = `${body.name} version ${body.version} ${decided.told} within seconds.`;
  } catch (problem) {
    outcome.className = 'error';
    outcome.textContent = problem.message || 'The console does not answer.';
  } finally {
    controls.forEach((control) => { control.disabled = false; });
  }
});

byId('operate-cancel').addEventListener('click', () => {
  form.hidden = true;
  outcome.textContent = '';
});
