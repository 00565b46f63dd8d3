import { expect, test } from 'vitest';

import { Photos } from './photos';

customElements.define('shuniu-photos', Photos);

test('each chosen file has its name and a button that says what it takes out', () => {
  document.body.innerHTML = '<shuniu-photos data-remove="移除"><input type="file" multiple></shuniu-photos>';
  const input = document.querySelector('input') as HTMLInputElement;
  Object.defineProperty(input, 'files', { value: [new File(['a'], 'lamp.jpg'), new File(['b'], 'road.jpg')] });

  input.dispatchEvent(new Event('change'));

  const labels = [...document.querySelectorAll('button')].map((button) => button.getAttribute('aria-label'));
  expect(labels).toEqual(['移除 lamp.jpg', '移除 road.jpg']);
});

test('without a file field it does nothing', () => {
  document.body.innerHTML = '<shuniu-photos></shuniu-photos>';

  expect(document.querySelector('ul')).toBeNull();
});
