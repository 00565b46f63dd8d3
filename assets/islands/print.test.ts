import { expect, test, vi } from 'vitest';

import { Print } from './print';

customElements.define('shuniu-print', Print);

test('the button prints, and goes with its element', () => {
  const print = vi.spyOn(window, 'print').mockImplementation(() => undefined);
  document.body.innerHTML = '<shuniu-print data-label="Print"></shuniu-print>';
  const element = document.querySelector('shuniu-print') as HTMLElement;

  element.querySelector('button')?.click();
  element.remove();

  expect([print.mock.calls.length, element.innerHTML]).toEqual([1, '']);
});
