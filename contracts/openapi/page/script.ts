/**
 * What the page does by itself: it searches, unfolds what a link leads to, and sends the GET requests that its reader asks for. What
 * comes back is shown as text, never as markup. Without the script the page is only for reading.
 */
export const pageScript = `
'use strict';
const base = location.pathname.replace(/\\/southbound\\/v1\\/?$/, '');
const entries = [...document.querySelectorAll('.operation')];
const search = document.getElementById('search');
const found = document.getElementById('found');
search.parentElement.hidden = false;
search.addEventListener('input', () => {
  const words = search.value.toLowerCase().split(/\\s+/).filter((word) => word !== '');
  for (const entry of entries) entry.hidden = !words.every((word) => entry.dataset.words.includes(word));
  for (const section of document.querySelectorAll('main > section')) {
    const inside = [...section.querySelectorAll('.operation')];
    section.hidden = words.length > 0 && inside.every((entry) => entry.hidden);
  }
  const count = entries.filter((entry) => !entry.hidden).length;
  found.textContent = words.length === 0 ? '' : count + ' of ' + entries.length;
});

function unfold() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target === null) return;
  for (let at = target; at !== null; at = at.parentElement) {
    if (at.hidden) at.hidden = false;
    if (at.tagName === 'DETAILS') at.open = true;
  }
  target.scrollIntoView();
}
addEventListener('hashchange', unfold);
unfold();

for (const form of document.querySelectorAll('form.try')) {
  form.hidden = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send(form);
  });
}

async function send(form) {
  const answer = form.querySelector('.answer');
  const button = form.querySelector('button');
  let path = form.dataset.path;
  const query = new URLSearchParams();
  for (const { name, value, dataset } of form.querySelectorAll('input')) {
    if (dataset.in === 'path') path = path.replace('{' + name + '}', encodeURIComponent(value));
    else if (dataset.in === 'filter') for (const [key, each] of new URLSearchParams(value)) query.append(key, each);
    else if (value !== '') query.append(name, value);
  }
  const asked = query.toString();
  const target = base + path + (asked === '' ? '' : '?' + asked);
  answer.hidden = false;
  answer.textContent = 'GET ' + target;
  button.disabled = true;
  try {
    const response = await fetch(target);
    const text = await response.text();
    const said = ['location', 'x-total-count', 'x-result-count', 'content-range', 'link', 'etag']
      .filter((name) => response.headers.has(name))
      .map((name) => name + ': ' + response.headers.get(name));
    answer.textContent = ['GET ' + target, response.status + ' ' + response.statusText, ...said, '', shown(text)].join('\\n');
  } catch (failure) {
    answer.textContent = 'GET ' + target + '\\n\\nNo answer: ' + failure.message;
  } finally {
    button.disabled = false;
  }
}

function shown(text) {
  const most = 200000;
  let whole = text;
  try {
    whole = JSON.stringify(JSON.parse(text), null, 2);
  } catch {}
  return whole.length > most ? whole.slice(0, most) + '\\n... (' + (whole.length - most) + ' characters more)' : whole;
}
`;
