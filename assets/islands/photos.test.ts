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

test('what is too big or too many is left out with a sentence', () => {
  document.body.innerHTML = `
    <shuniu-photos data-most-bytes="3" data-most="1" data-too-big="%s is too big" data-too-many="too many">
      <input type="file" multiple><p data-photos-said></p>
    </shuniu-photos>`;
  const input = document.querySelector('input') as HTMLInputElement;
  const files = [new File(['big!'], 'big.jpg'), new File(['a'], 'a.jpg'), new File(['b'], 'b.jpg')];
  Object.defineProperty(input, 'files', { value: files, writable: true });

  input.dispatchEvent(new Event('change'));

  expect(document.querySelector('[data-photos-said]')?.textContent).toBe('big.jpg is too big too many');
  expect([...document.querySelectorAll('.photos__name')].map((name) => name.textContent)).toEqual(['a.jpg']);
});

test('the bar shows how far the sending is, and goes when it is over', () => {
  document.body.innerHTML = `
    <form><shuniu-photos data-sending="sending %s%">
      <input type="file"><div data-photos-progress hidden><progress max="100"></progress><span data-photos-percent></span></div>
    </shuniu-photos></form>`;
  const input = document.querySelector('input') as HTMLInputElement;
  const form = document.querySelector('form') as HTMLFormElement;
  const box = document.querySelector('[data-photos-progress]') as HTMLElement;
  Object.defineProperty(input, 'files', { value: [new File(['a'], 'a.jpg')], writable: true });
  input.dispatchEvent(new Event('change'));

  form.dispatchEvent(new CustomEvent('htmx:xhr:progress', { detail: { lengthComputable: true, loaded: 1, total: 4 } }));
  expect([box.hidden, box.textContent?.trim()]).toEqual([false, 'sending 25%']);
  form.dispatchEvent(new CustomEvent('htmx:afterRequest'));
  expect(box.hidden).toBe(true);
});
