import { beforeEach, expect, test } from 'vitest';

import { Reveal } from './reveal';

customElements.define('shuniu-reveal', Reveal);

beforeEach(() => {
  document.body.innerHTML = `
    <form>
      <shuniu-reveal data-show="show" data-hide="hide"><label for="word">W</label><input type="password" id="word"></shuniu-reveal>
    </form>`;
});

const input = (): HTMLInputElement => document.querySelector('input') as HTMLInputElement;
const button = (): HTMLButtonElement | null => document.querySelector('button');

test('the button shows what was typed and hides it again', () => {
  input().value = 'secret';
  const seen = [[input().type, button()?.textContent]];

  button()?.click();
  seen.push([input().type, button()?.textContent]);
  button()?.click();
  seen.push([input().type, button()?.textContent]);

  expect(seen).toEqual([['password', 'show'], ['text', 'hide'], ['password', 'show']]);
  expect(input().value).toBe('secret');
});

test('a shown password is hidden before the form is sent', () => {
  button()?.click();

  document.querySelector('form')?.dispatchEvent(new Event('submit'));

  expect(input().type).toBe('password');
});

test('nothing is left behind when the element goes', () => {
  const element = document.querySelector('shuniu-reveal') as HTMLElement;
  button()?.click();

  element.remove();

  expect(element.innerHTML).toBe('<label for="word">W</label><input type="password" id="word">');
});
