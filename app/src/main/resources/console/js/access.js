// Who is at the console: nothing to do where everybody on this machine is at home.
import { byId, setText } from './dom.js';

const dialog = byId('sign-in');
const form = byId('sign-in-form');
const error = byId('sign-in-error');
const visitor = byId('visitor');

async function post(path, body) {
  return fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
}

function show(me) {
  byId('visitor-bar').hidden = !me.guarded;
  setText(visitor, me.guarded ? `${me.name} (${me.role.toLowerCase()})` : '');
  document.body.dataset.role = me.role.toLowerCase();
}

/** Resolves once somebody who may look is there, asking for a token where one is needed. */
export async function admitted() {
  const me = await fetch('/api/me');
  if (me.ok) {
    show(await me.json());
    return;
  }
  dialog.hidden = false;
  byId('token').focus();
  await new Promise((resolve) => {
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      error.textContent = '';
      const answer = await post('/api/sign-in', { token: byId('token').value });
      const body = await answer.json();
      if (!answer.ok) {
        error.textContent = body.message;
        return;
      }
      byId('token').value = '';
      dialog.hidden = true;
      show(body);
      resolve();
    });
  });
}

byId('sign-out').addEventListener('click', async () => {
  await post('/api/sign-out', {});
  location.reload();
});
