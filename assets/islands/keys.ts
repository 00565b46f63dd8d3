import { listeners, PageElement } from './island';

export const TYPING = [
  'textarea, select, [contenteditable]:not([contenteditable="false"])',
  'input:not([type="checkbox"], [type="radio"], [type="button"], [type="submit"])',
].join();

/**
 * Moves through the list inside it by keyboard: j next row, k previous row, Enter opens, / goes to the filter box,
 * x marks the row, ? shows the keys.
 *
 * A row is `[data-row]`; what gets the focus is its first link or button, so that Enter is the browser's own.
 * The filter box is the first `[data-filter]` in here, `data-select` the selector of a row's box, `data-help` the id of
 * the dialog with the keys, which `[data-keys-help]` opens, too. Nothing happens while somebody types.
 */
export class Keys extends PageElement {
  protected override start(): () => void {
    const { signal, remove } = listeners();
    document.addEventListener('keydown', (event) => this.onKey(event), { signal });
    this.addEventListener('click', (event) => {
      if (event.target instanceof Element && event.target.closest('[data-keys-help]')) this.help()?.showModal();
    }, { signal });
    return remove;
  }

  private onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target instanceof Element && event.target.closest(`${TYPING}, dialog`)) return;
    if (event.key === 'x') this.mark(event);
    else if (event.key === '?' && this.help()) {
      event.preventDefault();
      this.help()?.showModal();
    } else this.move(event);
  }

  private move(event: KeyboardEvent): void {
    const aim = this.aimOf(event.key);
    if (!aim) return;
    event.preventDefault();
    aim.focus();
    aim.scrollIntoView?.({ block: 'nearest' });
  }

  private mark(event: KeyboardEvent): void {
    const selector = this.dataset['select'];
    const row = this.rows().find((one) => one.contains(document.activeElement));
    const box = selector ? row?.querySelector<HTMLInputElement>(selector) : undefined;
    if (!box) return;
    event.preventDefault();
    box.click();
  }

  private help(): HTMLDialogElement | undefined {
    const found = document.getElementById(this.dataset['help'] ?? '');
    return found instanceof HTMLDialogElement ? found : undefined;
  }

  private rows(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('[data-row]')];
  }

  private aimOf(key: string): HTMLElement | undefined {
    if (key === '/') return this.querySelector<HTMLElement>('[data-filter]') ?? undefined;
    if (key !== 'j' && key !== 'k') return undefined;
    const rows = this.rows();
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    const next = key === 'j' ? at + 1 : at < 0 ? rows.length - 1 : at - 1;
    return rows[next]?.querySelector<HTMLElement>('a[href], button') ?? undefined;
  }
}
