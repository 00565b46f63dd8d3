import { beforeEach, expect, test } from 'vitest';

import { Keys } from './keys';

customElements.define('shuniu-keys', Keys);

beforeEach(() => {
  document.body.innerHTML = `
    <shuniu-keys>
      <input data-filter id="box">
      <p data-row><a href="#1" id="one">1</a></p>
      <p data-row><a href="#2" id="two">2</a></p>
    </shuniu-keys>`;
});

function press(key: string, init: KeyboardEventInit = {}): void {
  (document.activeElement ?? document.body).dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }),
  );
}

test('j goes down, k goes up, and the ends hold', () => {
  const seen: (string | undefined)[] = [];

  for (const key of ['j', 'j', 'j', 'k', 'k']) {
    press(key);
    seen.push(document.activeElement?.id);
  }

  expect(seen).toEqual(['one', 'two', 'two', 'one', 'one']);
});

test('the slash goes to the filter box', () => {
  press('/');

  expect(document.activeElement?.id).toBe('box');
});

test('nothing happens while somebody types', () => {
  document.getElementById('box')?.focus();

  press('j');

  expect(document.activeElement?.id).toBe('box');
});

test('shortcuts of the browser are left alone', () => {
  press('j', { ctrlKey: true });

  expect(document.activeElement).toBe(document.body);
});

test('nothing listens after the list has gone', () => {
  const list = document.querySelector('shuniu-keys');
  list?.remove();

  const event = new KeyboardEvent('keydown', { key: 'j', bubbles: true, cancelable: true });
  document.body.dispatchEvent(event);

  expect(event.defaultPrevented).toBe(false);
});

test('x marks the row that has the focus, and only that', () => {
  document.body.innerHTML = `
    <shuniu-keys data-select="[data-pick]">
      <p data-row><input type="checkbox" data-pick><a href="#1">1</a></p>
      <p data-row><input type="checkbox" data-pick><a href="#2">2</a></p>
    </shuniu-keys>`;

  press('x');
  for (const key of ['j', 'j', 'x']) press(key);

  expect([...document.querySelectorAll('input')].map((box) => box.checked)).toEqual([false, true]);
});
