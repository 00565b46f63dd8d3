import { beforeEach, expect, test } from 'vitest';

import { Pick, positionAt } from './pick';

customElements.define('shuniu-pick', Pick);

beforeEach(() => {
  document.body.innerHTML = `
    <input id="position"><select id="datum"><option value="WGS84">W</option><option value="BD09">B</option></select>
    <shuniu-pick data-map="map" data-input="position" data-datum="datum"
                 data-west="121.1" data-south="31.8" data-east="121.3" data-north="31.9">
      <p data-when="ready" hidden>click</p>
      <figure id="map"><svg viewBox="0 0 400 200"><a href="/places/1/"><path d="M0 0h9v9z"></path></a></svg></figure>
    </shuniu-pick>`;
  const svg = document.querySelector('svg') as SVGSVGElement;
  svg.getBoundingClientRect = () => new DOMRect(10, 20, 800, 400);
});

const input = (): HTMLInputElement => document.querySelector('input') as HTMLInputElement;

function click(x: number, y: number): MouseEvent {
  const event = new MouseEvent('click', { clientX: x, clientY: y, bubbles: true, cancelable: true });
  document.querySelector('path')?.dispatchEvent(event);
  return event;
}

test('a click writes longitude and latitude, and says that they are of a satellite', () => {
  const select = document.querySelector('select') as HTMLSelectElement;
  select.value = 'BD09';

  const event = click(410, 120);

  expect([input().value, select.value]).toEqual(['121.200000, 31.875000', 'WGS84']);
  expect(event.defaultPrevented).toBe(true);
  expect(document.querySelectorAll('.map__picked').length).toBe(1);
});

test('a second click moves the mark', () => {
  click(410, 120);
  click(10, 20);

  expect(input().value).toBe('121.100000, 31.900000');
  expect([...document.querySelectorAll('.map__picked')].map((dot) => dot.getAttribute('cx'))).toEqual(['0']);
});

test('a click beside the picture writes nothing', () => {
  click(5, 120);

  expect(input().value).toBe('');
});

test('nothing is left behind when the element goes', () => {
  click(410, 120);
  const hint = document.querySelector('p') as HTMLElement;
  const figure = document.querySelector('figure') as HTMLElement;
  expect(hint.hidden).toBe(false);

  document.querySelector('shuniu-pick')?.replaceWith(figure, hint);

  expect([hint.hidden, figure.className, document.querySelectorAll('.map__picked').length]).toEqual([true, '', 0]);
});

test('a page without the field stays as it is', () => {
  input().remove();
  const again = document.createElement('shuniu-pick');
  again.dataset['map'] = 'map';
  document.body.append(again);

  expect(document.querySelectorAll('.map__picked').length).toBe(0);
});

test('the middle of the ground is the middle of the picture', () => {
  expect(positionAt({ west: 0, south: 0, east: 2, north: 4 }, 0.5, 0.5)).toBe('1.000000, 2.000000');
});

test('a typed position is marked, and moves with the system that it is told in', () => {
  const element = document.querySelector('shuniu-pick') as HTMLElement;
  element.setAttribute('data-shift-bd09', '0.05 0');
  const select = document.querySelector('select') as HTMLSelectElement;

  input().value = '121.2, 31.85';
  input().dispatchEvent(new Event('input'));
  const plain = document.querySelector('.map__picked')?.getAttribute('cx');
  select.value = 'BD09';
  select.dispatchEvent(new Event('change'));
  const moved = document.querySelector('.map__picked')?.getAttribute('cx');

  expect([Number(plain), Number(moved)].map(Math.round)).toEqual([200, 100]);
});

test.each(['', '121.2', '121.2, 31.85, 4', '99, 31.85', 'Hamburg'])('%s is marked nowhere', (text) => {
  click(410, 120);

  input().value = text;
  input().dispatchEvent(new Event('input'));

  expect(document.querySelectorAll('.map__picked').length).toBe(0);
});
