import { beforeEach, expect, test, vi } from 'vitest';

import { Island, PageElement } from './island';

let alive = 0;

class Lamp extends PageElement {
  protected override start(): () => void {
    alive += 1;
    return () => {
      alive -= 1;
    };
  }
}

class Greeting extends Island<{ name: string }> {
  protected override draw(props: { name: string }): () => void {
    this.textContent = props.name;
    return () => undefined;
  }
}

customElements.define('test-lamp', Lamp);
customElements.define('test-greeting', Greeting);

beforeEach(() => {
  document.body.innerHTML = '';
});

test('after two swaps exactly one element is alive', () => {
  document.body.innerHTML = '<test-lamp></test-lamp>';
  document.body.innerHTML = '<test-lamp></test-lamp>';
  document.body.innerHTML = '<test-lamp></test-lamp>';

  expect(alive).toBe(1);
});

test('after removal none is alive', () => {
  document.body.innerHTML = '<test-lamp></test-lamp>';

  document.body.innerHTML = '';

  expect(alive).toBe(0);
});

test('an element moved within the page stays one', () => {
  document.body.innerHTML = '<div></div><test-lamp></test-lamp>';

  document.querySelector('div')?.append(document.querySelector('test-lamp') as Element);

  expect(alive).toBe(1);
});

test('an island reads its props from the script beside it', () => {
  document.body.innerHTML =
    '<script type="application/json" id="a-props">{"name": "海门"}</script><test-greeting id="a"></test-greeting>';

  expect(document.querySelector('test-greeting')?.textContent).toBe('海门');
});

test('an island without props says which one', () => {
  const reported = vi.fn((event: ErrorEvent) => event.preventDefault());
  window.addEventListener('error', reported, { once: true });

  document.body.innerHTML = '<test-greeting id="b"></test-greeting>';

  expect(reported.mock.calls[0]?.[0].message).toContain('<test-greeting id="b"> has no props');
});
