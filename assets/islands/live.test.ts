import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { Live } from './live';

class FakeSource extends EventTarget {
  static readonly CLOSED = 2;
  static all: FakeSource[] = [];
  readyState = 1;

  constructor(readonly url: string) {
    super();
    FakeSource.all.push(this);
  }

  close(): void {
    this.readyState = FakeSource.CLOSED;
  }
}

customElements.define('shuniu-live', Live);

let heard: string[] = [];
const listen = (event: Event): void => {
  heard.push((event as CustomEvent<{ topic: string }>).detail.topic);
};

function open(): FakeSource {
  document.body.innerHTML = '<shuniu-live data-url="/live" data-topics="desk briefings"></shuniu-live>';
  return FakeSource.all.at(-1) as FakeSource;
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', FakeSource);
  FakeSource.all = [];
  heard = [];
  document.addEventListener('shuniu:changed', listen);
});

afterEach(() => {
  document.body.innerHTML = '';
  document.removeEventListener('shuniu:changed', listen);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('each topic of an event is announced', () => {
  open().dispatchEvent(new MessageEvent('changed', { data: '["desk", "registry"]' }));

  expect(heard).toEqual(['desk', 'registry']);
});

test('a topic can be heard alone', () => {
  const one = vi.fn();
  document.addEventListener('shuniu:changed:desk', one, { once: true });

  open().dispatchEvent(new MessageEvent('changed', { data: '["registry", "desk"]' }));

  expect(one).toHaveBeenCalledTimes(1);
});

test('a broken stream is replaced by polling the topics of the page until it is back', () => {
  const source = open();

  source.dispatchEvent(new Event('error'));
  vi.advanceTimersByTime(30_000);
  source.dispatchEvent(new Event('open'));
  vi.advanceTimersByTime(90_000);

  expect(heard).toEqual(['desk', 'briefings']);
});

test('a stream that the browser gave up is opened again', () => {
  const source = open();
  source.readyState = FakeSource.CLOSED;

  source.dispatchEvent(new Event('error'));
  vi.advanceTimersByTime(60_000);

  expect(FakeSource.all.length).toBe(2);
});

test('after two swaps one stream is open, after removal none', () => {
  open();
  open();
  open();
  const openNow = (): number => FakeSource.all.filter((source) => source.readyState !== FakeSource.CLOSED).length;
  const before = openNow();

  document.body.innerHTML = '';

  expect([before, openNow()]).toEqual([1, 0]);
});

function look(hidden: boolean): void {
  Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
  document.dispatchEvent(new Event('visibilitychange'));
}

test('a page out of sight rests after a minute and catches up when it is looked at again', () => {
  const source = open();

  look(true);
  vi.advanceTimersByTime(59_000);
  const before = source.readyState;
  vi.advanceTimersByTime(1_000);
  const after = source.readyState;
  look(false);

  expect([before, after, FakeSource.all.length, heard]).toEqual([1, FakeSource.CLOSED, 2, ['desk', 'briefings']]);
});

test('a page that is looked at again within a minute goes on as if nothing had been', () => {
  const source = open();

  look(true);
  vi.advanceTimersByTime(30_000);
  look(false);
  vi.advanceTimersByTime(90_000);

  expect([source.readyState, FakeSource.all.length, heard]).toEqual([1, 1, []]);
});

test('a page that is opened out of sight begins to listen when it is looked at', () => {
  look(true);
  open();
  const before = FakeSource.all.length;

  look(false);

  expect([before, FakeSource.all.length, heard]).toEqual([0, 1, ['desk', 'briefings']]);
});
