import { listeners, PageElement } from './island';

const KEY = 'shuniu-typed';
const FIELDS = 'main form[method="post"] :is(input, textarea, select)[name]:not([type="hidden"], [type="password"], [type="file"])';

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/**
 * Around a form that leads back to the same page, as another language does: what was typed on the page is kept over it.
 *
 * Never files, passwords or hidden fields; only this tab sees it, and it is taken up once, by the same page.
 */
export class Switch extends PageElement {
  protected override start(): () => void {
    restore();
    const { signal, remove } = listeners();
    this.addEventListener('submit', keep, { signal });
    return remove;
  }
}

function fields(): Field[] {
  return [...document.querySelectorAll<Field>(FIELDS)];
}

function isTick(field: Field): field is HTMLInputElement {
  return field instanceof HTMLInputElement && (field.type === 'checkbox' || field.type === 'radio');
}

function here(): string {
  return location.pathname + location.search;
}

function keep(): void {
  const typed = fields().map((field) => [field.name, isTick(field) ? field.checked : field.value]);
  if (typed.length) sessionStorage.setItem(KEY, JSON.stringify({ page: here(), typed }));
}

function restore(): void {
  const stored = sessionStorage.getItem(KEY);
  if (!stored) return;
  sessionStorage.removeItem(KEY);
  const { page, typed } = JSON.parse(stored) as { page: string; typed: [string, string | boolean][] };
  const found = fields();
  if (page !== here() || found.length !== typed.length) return;
  found.forEach((field, at) => {
    const [name, value] = typed[at] ?? [];
    if (name !== field.name) return;
    if (isTick(field)) field.checked = value === true;
    else if (typeof value === 'string') field.value = value;
  });
}
