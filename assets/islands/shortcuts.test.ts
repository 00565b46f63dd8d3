import { beforeEach, expect, test } from 'vitest';

import { Shortcuts } from './shortcuts';

customElements.define('shuniu-shortcuts', Shortcuts);

let pressed: string[] = [];

beforeEach(() => {
  pressed = [];
  document.body.innerHTML = `
    <textarea id="words"></textarea>
    <shuniu-shortcuts><button data-shortcut="1">a</button><button data-shortcut="2">b</button></shuniu-shortcuts>`;
  for (const button of document.querySelectorAll('button')) {
    button.addEventListener('click', () => pressed.push(button.textContent ?? ''));
  }
});

function press(key: string, init: KeyboardEventInit = {}): void {
  (document.activeElement ?? document.body).dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }),
  );
}

test('a number presses its button, and no other key does', () => {
  for (const key of ['2', '1', '3', 'a']) press(key);

  expect(pressed).toEqual(['b', 'a']);
});

test('nothing is pressed while somebody types, by a held key, or with a modifier', () => {
  press('1', { repeat: true });
  press('1', { ctrlKey: true });
  document.getElementById('words')?.focus();
  press('1');

  expect(pressed).toEqual([]);
});
