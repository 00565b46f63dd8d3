import { beforeEach, expect, test } from 'vitest';

import { Draft } from './draft';

customElements.define('shuniu-draft', Draft);

function open(key: string, text = ''): HTMLTextAreaElement {
  document.body.innerHTML = `
    <shuniu-draft data-key="${key}"><form>
      <textarea name="text">${text}</textarea>
      <input type="hidden" name="idempotency_key" value="k">
    </form></shuniu-draft>`;
  return document.querySelector('textarea') as HTMLTextAreaElement;
}

function type(field: HTMLTextAreaElement, words: string): void {
  field.value = words;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

beforeEach(() => {
  document.body.innerHTML = '';
  sessionStorage.clear();
});

test('what was typed is there again on the next visit', () => {
  type(open('need-1'), '路灯不亮');

  expect(open('need-1').value).toBe('路灯不亮');
});

test('what the server sent stands', () => {
  type(open('need-1'), 'old');

  expect(open('need-1', 'new').value).toBe('new');
});

test('hidden fields are not kept', () => {
  type(open('need-1'), 'a');

  expect(sessionStorage.getItem('shuniu-draft:need-1')).toBe('{"text":"a"}');
});

test('an accepted draft is forgotten and the other stays', () => {
  type(open('need-1'), 'a');
  type(open('need-2'), 'b');

  document.body.innerHTML = '<shuniu-draft data-accepted data-key="need-1"></shuniu-draft>';

  expect([open('need-1').value, open('need-2').value]).toEqual(['', 'b']);
});

test('the star forgets every draft', () => {
  type(open('need-1'), 'a');
  type(open('need-2'), 'b');

  document.body.innerHTML = '<shuniu-draft data-accepted data-key="*"></shuniu-draft>';

  expect(Object.keys(sessionStorage)).toEqual([]);
});

test('acceptance through htmx is an event with the key', () => {
  type(open('need-1'), 'a');

  document.dispatchEvent(new CustomEvent('shuniu:accepted', { detail: { key: 'need-1' } }));

  expect(open('need-1').value).toBe('');
});
