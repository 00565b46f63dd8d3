import { listeners, PageElement } from './island';
import { TYPING } from './keys';

/**
 * Presses the button inside it whose `data-shortcut` is the key that is pressed.
 *
 * Nothing happens while somebody types or a dialog is open, nor when a key is held down.
 */
export class Shortcuts extends PageElement {
  protected override start(): () => void {
    const { signal, remove } = listeners();
    document.addEventListener('keydown', (event) => this.onKey(event), { signal });
    return remove;
  }

  private onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.repeat || event.isComposing) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.closest(`${TYPING}, dialog`)) return;
    const buttons = [...this.querySelectorAll<HTMLButtonElement>('[data-shortcut]')];
    const button = buttons.find((one) => one.dataset['shortcut'] === event.key);
    if (!button) return;
    event.preventDefault();
    button.click();
  }
}
