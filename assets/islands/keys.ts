import { listeners, PageElement } from './island';

const TYPING = 'input, textarea, select, [contenteditable]:not([contenteditable="false"])';

/**
 * Moves through the list inside it by keyboard: j next row, k previous row, Enter opens, / goes to the filter box.
 *
 * A row is `[data-row]`; what gets the focus is its first link or button, so that Enter is the browser's own.
 * The filter box is the first `[data-filter]` in here. Nothing happens while somebody types.
 */
export class Keys extends PageElement {
  protected override start(): () => void {
    const { signal, remove } = listeners();
    document.addEventListener('keydown', (event) => this.onKey(event), { signal });
    return remove;
  }

  private onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target instanceof Element && event.target.closest(TYPING)) return;
    const aim = this.aimOf(event.key);
    if (!aim) return;
    event.preventDefault();
    aim.focus();
    aim.scrollIntoView?.({ block: 'nearest' });
  }

  private aimOf(key: string): HTMLElement | undefined {
    if (key === '/') return this.querySelector<HTMLElement>('[data-filter]') ?? undefined;
    if (key !== 'j' && key !== 'k') return undefined;
    const rows = [...this.querySelectorAll<HTMLElement>('[data-row]')];
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    const next = key === 'j' ? at + 1 : at < 0 ? rows.length - 1 : at - 1;
    return rows[next]?.querySelector<HTMLElement>('a[href], button') ?? undefined;
  }
}
