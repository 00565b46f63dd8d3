import { beforeEach, expect, test, vi } from 'vitest';

import { newsOf, Rows } from './rows';

customElements.define('shuniu-rows', Rows);

const row = (id: string, mark: string): string =>
  `<p data-row data-case="${id}" data-mark="${mark}"><input type="checkbox" data-pick value="${id}"></p>`;
const list = (...rows: string[]): string => `
  <shuniu-rows id="case-rows">
    <button data-fresh data-new-one="1 new" data-new-many="%s new" data-changed="changed" hidden><span data-fresh-words></span></button>
    <p data-fresh-said></p>
    <label data-pick-all hidden><input type="checkbox"></label>
    ${rows.join('')}
    <div data-together><span data-together-count data-words="%s selected"></span></div>
  </shuniu-rows>`;
const one = <T extends Element>(selector: string): T => document.querySelector(selector) as T;

beforeEach(() => {
  document.body.innerHTML = list(row('1', 'green'), row('2', 'blue'));
});

/** What htmx says before it puts an answer in; returns whether it may. */
function answered(html: string, type = 'shuniu:changed:desk'): boolean {
  const rows = one<HTMLElement>('#case-rows');
  const detail = { shouldSwap: true, serverResponse: html, requestConfig: { elt: rows, triggeringEvent: new Event(type) } };
  rows.dispatchEvent(new CustomEvent('htmx:beforeSwap', { detail, bubbles: true }));
  return detail.shouldSwap;
}

function check(id: string): void {
  one<HTMLInputElement>(`[value="${id}"]`).click();
}

test('what is new, what has moved, and that nothing did', () => {
  const here = one<HTMLElement>('#case-rows');

  expect(newsOf(here, list(row('3', 'green'), row('1', 'green'), row('2', 'red')))).toEqual({
    fresh: ['3'], moved: ['2'], isSame: false,
  });
  expect(newsOf(here, list(row('1', 'green'), row('2', 'blue'))).isSame).toBe(true);
});

test('a list that nobody touches is put in at once', () => {
  expect(answered(list(row('3', 'green'), row('1', 'green')))).toBe(true);
});

test('while a row is marked the list stays, and the button says how many are new', () => {
  check('1');

  expect(answered(list(row('4', 'green'), row('3', 'green'), row('1', 'green'), row('2', 'blue')))).toBe(false);

  expect(one<HTMLElement>('[data-fresh]').hidden).toBe(false);
  expect(one('[data-fresh-words]').textContent).toBe('2 new');
  expect(one('[data-fresh-said]').textContent).toBe('2 new');
});

test('while a row is marked an answer without news says nothing', () => {
  check('1');

  answered(list(row('1', 'green'), row('2', 'blue')));

  expect(one<HTMLElement>('[data-fresh]').hidden).toBe(true);
});

test('the button asks for the list, which then comes in whatever is marked', () => {
  const asked = vi.fn();
  one('#case-rows').addEventListener('shuniu:show', asked);
  window.scrollTo = vi.fn() as unknown as typeof window.scrollTo;
  check('1');
  answered(list(row('3', 'green')));

  one<HTMLElement>('[data-fresh]').click();

  expect(asked).toHaveBeenCalledOnce();
  expect(answered(list(row('3', 'green')), 'shuniu:show')).toBe(true);
});

test('the bar counts what is marked, and one box marks all', () => {
  expect(one<HTMLElement>('[data-together]').hidden).toBe(true);

  check('2');
  expect(one('[data-together-count]').textContent).toBe('1 selected');
  one<HTMLInputElement>('[data-pick-all] input').click();

  expect(one('[data-together-count]').textContent).toBe('2 selected');
  expect(one<HTMLElement>('[data-together]').hidden).toBe(false);
});
