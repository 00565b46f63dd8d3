import { listeners, PageElement } from './island';

const SAID_FOR_MS = 4000;

/**
 * A button that copies the text of the element with the id in `data-from`, its items one to a line.
 *
 * `data-label` is the word on the button, `data-done` what it says afterwards. Where the browser has no clipboard for
 * this page there is no button: the text can be marked by hand.
 */
export class Copy extends PageElement {
  protected override start(): () => void {
    if (!navigator.clipboard) return () => undefined;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'btn';
    const label = this.dataset['label'] ?? '';
    button.textContent = label;
    button.setAttribute('aria-live', 'polite');
    this.append(button);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const { signal, remove } = listeners();
    button.addEventListener('click', () => {
      void navigator.clipboard.writeText(textOf(this.dataset['from'] ?? '')).then(() => {
        button.textContent = this.dataset['done'] ?? label;
        clearTimeout(timer);
        timer = setTimeout(() => (button.textContent = label), SAID_FOR_MS);
      });
    }, { signal });
    return () => {
      remove();
      clearTimeout(timer);
      button.remove();
    };
  }
}

/** A list gives a line for each item; anything else its text without blanks, as an app wants a key. */
function textOf(id: string): string {
  const from = document.getElementById(id);
  const items = [...(from?.querySelectorAll('li') ?? [])];
  if (items.length) return items.map((item) => item.textContent.trim()).join('\n');
  return (from?.textContent ?? '').replace(/\s/g, '');
}
