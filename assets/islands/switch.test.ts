import { beforeEach, expect, test } from 'vitest';

import { Switch } from './switch';

customElements.define('shuniu-switch', Switch);

const PAGE = `
  <main><form method="post">
    <input type="hidden" name="seen" value="1"><input name="name" value=""><textarea name="scope"></textarea>
    <input type="password" name="secret"><input type="checkbox" name="all">
    <select name="kind"><option value="a">A</option><option value="b">B</option></select>
  </form></main>`;
const LANGUAGE = '<shuniu-switch><form id="language"><button>English</button></form></shuniu-switch>';

function field<F extends HTMLElement = HTMLInputElement>(name: string): F {
  return document.querySelector(`[name="${name}"]`) as F;
}

function values(): unknown[] {
  return [field('name').value, field('scope').value, field('secret').value, field('all').checked, field('kind').value, field('seen').value];
}

function typed(): void {
  field('name').value = 'Jiayuan';
  field('scope').value = 'hulls';
  field('secret').value = 'open';
  field('all').checked = true;
  field('kind').value = 'b';
  document.getElementById('language')?.dispatchEvent(new Event('submit', { bubbles: true }));
}

beforeEach(() => {
  sessionStorage.clear();
  history.replaceState(null, '', '/enterprises/new/');
  document.body.innerHTML = PAGE + LANGUAGE;
});

test('what was typed stands on the page in the other language, but for secrets and hidden fields', () => {
  typed();

  document.body.innerHTML = PAGE.replace('value="1"', 'value="2"') + LANGUAGE;

  expect(values()).toEqual(['Jiayuan', 'hulls', '', true, 'b', '2']);
});

test('it is taken up once', () => {
  typed();
  document.body.innerHTML = PAGE + LANGUAGE;

  document.body.innerHTML = PAGE + LANGUAGE;

  expect(values()).toEqual(['', '', '', false, 'a', '1']);
});

test('another page takes nothing of it', () => {
  typed();
  history.replaceState(null, '', '/places/new/');

  document.body.innerHTML = PAGE + LANGUAGE;

  expect(values()).toEqual(['', '', '', false, 'a', '1']);
});

test('a page with other fields takes nothing of it', () => {
  typed();

  document.body.innerHTML = PAGE.replace('name="scope"', 'name="note"').replace('<input type="checkbox" name="all">', '') + LANGUAGE;

  expect(field('name').value).toBe('');
});
