import { listeners, PageElement } from './island';

/** A button that prints the page; `data-label` is the word on it. Without script the browser's own menu does it. */
export class Print extends PageElement {
  protected override start(): () => void {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'btn';
    button.textContent = this.dataset['label'] ?? '';
    this.append(button);
    const { signal, remove } = listeners();
    button.addEventListener('click', () => window.print(), { signal });
    return () => {
      remove();
      button.remove();
    };
  }
}
