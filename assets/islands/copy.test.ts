import { beforeEach, expect, test, vi } from 'vitest';

import { Copy } from './copy';

customElements.define('shuniu-copy', Copy);

const written: string[] = [];

function allow(): void {
  Object.defineProperty(navigator, 'clipboard', {
    configurable: true,
    value: { writeText: (text: string) => Promise.resolve(void written.push(text)) },
  });
}

beforeEach(() => {
  written.length = 0;
  allow();
  document.body.innerHTML = '';
});

function show(from: string): HTMLButtonElement | null {
  document.body.innerHTML = `${from}<shuniu-copy data-from="it" data-label="Copy" data-done="Copied"></shuniu-copy>`;
  return document.querySelector('button');
}

test('a key is copied without its blanks, and the button says so for a while', async () => {
  vi.useFakeTimers();
  const button = show('<p id="it"><span>ABCD</span> <span>EFGH</span> </p>');

  button?.click();
  await vi.advanceTimersByTimeAsync(1);
  const said = button?.textContent;
  await vi.advanceTimersByTimeAsync(5000);

  expect([written, said, button?.textContent]).toEqual([['ABCDEFGH'], 'Copied', 'Copy']);
  vi.useRealTimers();
});

test('a list is copied line by line', async () => {
  show('<ol id="it"><li> A-1 </li>\n<li>B-2</li></ol>')?.click();
  await Promise.resolve();

  expect(written).toEqual(['A-1\nB-2']);
});

test('without a clipboard there is no button', () => {
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: undefined });

  expect(show('<p id="it">A</p>')).toBeNull();
});
