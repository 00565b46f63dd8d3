import { beforeEach, expect, test } from 'vitest';

import { niceStep, Trend } from './trend';

customElements.define('shuniu-trend', Trend);

function open(kind: string, values: (number | null)[]): SVGElement {
  const points = values.map((value, index) => ({ label: `11-0${index + 1}`, value }));
  const props = JSON.stringify({ question: 'How many?', unit: 'cases', kind, points });
  document.body.innerHTML = `
    <script type="application/json" id="t-props">${props}</script>
    <shuniu-trend id="t"><details open><table id="fallback"></table></details></shuniu-trend>`;
  return document.querySelector('svg') as SVGElement;
}

beforeEach(() => {
  document.body.innerHTML = '';
});

test('a missing day leaves a gap in the line', () => {
  const svg = open('line', [1, 2, null, 4]);

  expect(svg.querySelector('.trend__line')?.getAttribute('d')?.match(/[ML]/g)).toEqual(['M', 'L', 'M']);
});

test('bars stand for values only', () => {
  expect(open('bar', [1, null, 3]).querySelectorAll('.trend__bar').length).toBe(2);
});

test('the question is its name and the table stays, folded', () => {
  const svg = open('line', [1]);

  const details = document.getElementById('fallback')?.closest('details');
  expect([svg.getAttribute('aria-label'), details?.open]).toEqual(['How many?', false]);
});

test('after a move there is one drawing, after removal none', () => {
  open('line', [1]);
  const island = document.getElementById('t') as HTMLElement;
  document.body.append(island);
  const before = island.querySelectorAll('svg').length;

  island.remove();

  expect([before, island.querySelectorAll('svg').length]).toEqual([1, 0]);
});

test.each([[0, 1], [3, 1], [4, 1], [5, 2], [25, 10], [70, 20], [400, 100]])('the axis up to %i has steps of %i', (highest, step) => {
  expect(niceStep(highest)).toBe(step);
});
