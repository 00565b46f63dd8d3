import { listeners, PageElement } from './island';

const PREFIX = 'shuniu-draft:';

/**
 * Keeps what was typed into the form inside it until the server has accepted it.
 *
 * `data-key` names the draft (with the person in it, since a tab may change hands). Only text goes in, never files,
 * passwords or hidden fields, and only this tab sees it. The page that follows an accepted form says so with
 * `<shuniu-draft data-accepted data-key="…">`; `data-key="*"` forgets every draft (after signing out). Through htmx
 * the same is said by the event `shuniu:accepted` with `detail.key`.
 */
export class Draft extends PageElement {
  protected override start(): () => void {
    const key = this.dataset['key'] ?? '';
    if ('accepted' in this.dataset) {
      forget(key);
      return () => undefined;
    }
    this.restore(key);
    const { signal, remove } = listeners();
    this.addEventListener('input', () => this.keep(key), { signal });
    document.addEventListener('shuniu:accepted', (event) => {
      if ((event as CustomEvent<{ key?: string }>).detail?.key === key) forget(key);
    }, { signal });
    return remove;
  }

  private fields(): (HTMLInputElement | HTMLTextAreaElement)[] {
    const selector = 'textarea[name], input[name][type="text"], input[name][type="tel"], input[name]:not([type])';
    return [...this.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(selector)];
  }

  private keep(key: string): void {
    const typed = Object.fromEntries(this.fields().map((field) => [field.name, field.value]));
    sessionStorage.setItem(PREFIX + key, JSON.stringify(typed));
  }

  /** What the server sent stands: a draft only fills empty fields. */
  private restore(key: string): void {
    const stored = sessionStorage.getItem(PREFIX + key);
    if (!stored) return;
    const typed = JSON.parse(stored) as Record<string, string>;
    for (const field of this.fields()) {
      if (!field.value) field.value = typed[field.name] ?? '';
    }
  }
}

function forget(key: string): void {
  if (key !== '*') {
    sessionStorage.removeItem(PREFIX + key);
    return;
  }
  for (const name of Object.keys(sessionStorage)) {
    if (name.startsWith(PREFIX)) sessionStorage.removeItem(name);
  }
}
