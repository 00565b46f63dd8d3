import { beforeEach, expect, test } from 'vitest';

import { Connection } from './connection';

customElements.define('shuniu-connection', Connection);

beforeEach(() => {
  document.body.innerHTML =
    '<shuniu-connection><p data-when="offline" hidden></p><p data-when="failed" hidden></p><p data-when="gone" hidden></p></shuniu-connection>';
});

const shown = (): (string | undefined)[] =>
  [...document.querySelectorAll<HTMLElement>('[data-when]:not([hidden])')].map((part) => part.dataset['when']);

test('losing the network is said, and its return takes the words away', () => {
  window.dispatchEvent(new Event('offline'));
  const whileOffline = shown();

  window.dispatchEvent(new Event('online'));

  expect([whileOffline, shown()]).toEqual([['offline'], []]);
});

test('a failed answer is said until the next good one', () => {
  document.dispatchEvent(new CustomEvent('htmx:responseError'));
  const before = shown();

  document.dispatchEvent(new CustomEvent('htmx:afterSwap'));

  expect([before, shown()]).toEqual([['failed'], []]);
});

test('a page that looks again and finds nothing says so, and not that it failed', () => {
  const detail = { xhr: { status: 404 }, requestConfig: { verb: 'get' } };

  document.dispatchEvent(new CustomEvent('htmx:responseError', { detail }));

  expect(shown()).toEqual(['gone']);
});
