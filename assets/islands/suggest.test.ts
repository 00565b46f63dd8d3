import { beforeEach, expect, test } from 'vitest';

import { Suggest } from './suggest';

customElements.define('shuniu-suggest', Suggest);

beforeEach(() => {
  document.body.innerHTML = `
    <shuniu-suggest data-fill data-shortcut="/">
      <input id="box" aria-expanded="false">
      <ul id="offers" role="listbox" hidden></ul>
    </shuniu-suggest>`;
});

function box(): HTMLInputElement {
  return document.querySelector<HTMLInputElement>('#box')!;
}

function offers(): HTMLElement {
  return document.getElementById('offers')!;
}

function typed(text: string, ...found: string[]): void {
  box().focus();
  box().value = text;
  offers().innerHTML = found.map((name) => `<li role="option" data-value="${name}"><b>${name}</b></li>`).join('');
  offers().dispatchEvent(new Event('htmx:afterSwap'));
}

function press(key: string, target: EventTarget = box()): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
  target.dispatchEvent(event);
  return event;
}

test('what is found is offered, and said to be', () => {
  typed('nt', 'one', 'two');

  expect([offers().hidden, box().getAttribute('aria-expanded')]).toEqual([false, 'true']);
});

test('nothing is offered when nothing was found or the box is empty', () => {
  typed('nt');
  expect(offers().hidden).toBe(true);

  typed(' ', 'one');
  expect(offers().hidden).toBe(true);
});

test('arrow keys go through the items and Enter takes one', () => {
  typed('nt', 'one', 'two');

  press('ArrowDown');
  press('ArrowDown');
  expect(box().getAttribute('aria-activedescendant')).toBe('offers-1');
  press('Enter');

  expect([box().value, offers().hidden]).toEqual(['two', true]);
});

test('Enter without a chosen item is left to the form', () => {
  typed('nt', 'one');

  expect(press('Enter').defaultPrevented).toBe(false);
});

test('Escape closes and keeps what was typed', () => {
  typed('nt', 'one');
  press('Escape');

  expect([box().value, offers().hidden]).toEqual(['nt', true]);
});

test('a click takes an item', () => {
  typed('nt', 'one', 'two');

  offers().querySelector<HTMLElement>('b')?.click();

  expect(box().value).toBe('one');
});

test('the shortcut leads to the box', () => {
  press('/', document.body);

  expect(document.activeElement).toBe(box());
});

test('the shortcut is left to the filter box of a list', () => {
  document.body.insertAdjacentHTML('beforeend', '<shuniu-keys><input data-filter></shuniu-keys>');

  expect(press('/', document.body).defaultPrevented).toBe(false);
});

test('leaving closes the list', () => {
  typed('nt', 'one');

  box().dispatchEvent(new FocusEvent('focusout', { bubbles: true }));

  expect(offers().hidden).toBe(true);
});
