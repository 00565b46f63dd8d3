import { listeners, PageElement } from './island';

/**
 * Gives the password field inside it a button that shows what was typed, and hides it again.
 *
 * `data-show` and `data-hide` are the words on the button. Whatever was shown is hidden before the form is sent, so that
 * the browser knows it as a password and never offers it as text.
 */
export class Reveal extends PageElement {
  protected override start(): () => void {
    const input = this.querySelector<HTMLInputElement>('input[type="password"]');
    if (!input) return () => undefined;
    const box = document.createElement('span');
    box.className = 'reveal';
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'reveal__button';
    button.setAttribute('aria-controls', input.id);
    input.replaceWith(box);
    box.append(input, button);
    const show = (shown: boolean): void => {
      input.type = shown ? 'text' : 'password';
      button.textContent = (shown ? this.dataset['hide'] : this.dataset['show']) ?? '';
      button.setAttribute('aria-pressed', String(shown));
    };
    show(false);
    const { signal, remove } = listeners();
    button.addEventListener('click', () => show(input.type === 'password'), { signal });
    input.form?.addEventListener('submit', () => show(false), { signal });
    return () => {
      remove();
      show(false);
      box.replaceWith(input);
    };
  }
}
