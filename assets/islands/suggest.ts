import { listeners, PageElement } from './island';

const TYPING = 'input, textarea, select, [contenteditable]:not([contenteditable="false"])';

/**
 * Offers the items of the list inside it below the input inside it; HTMX fills the list while somebody types.
 *
 * An item is `[role=option]`. Choosing one opens its `data-url`, or with `data-fill` here puts its `data-value` into the
 * input. Arrow keys go through the items, Enter chooses, Escape closes. `data-shortcut` is the key that leads to the
 * input from anywhere on the page, unless the page has a filter box of its own for it.
 */
export class Suggest extends PageElement {
  protected override start(): () => void {
    const { signal, remove } = listeners();
    document.addEventListener('keydown', (event) => this.onShortcut(event), { signal });
    const { input, list } = this;
    if (!input || !list) return remove;
    input.addEventListener('keydown', (event) => this.onKey(event, input), { signal });
    input.addEventListener('focus', () => this.show(list.childElementCount > 0 && input.value !== ''), { signal });
    input.addEventListener('input', () => input.value.trim() || this.show(false), { signal });
    list.addEventListener('htmx:afterSwap', () => this.onFilled(input, list), { signal });
    list.addEventListener('mousedown', (event) => event.preventDefault(), { signal });
    list.addEventListener('click', (event) => this.choose(optionOf(event.target)), { signal });
    this.addEventListener('focusout', (event) => this.contains(asNode(event.relatedTarget)) || this.show(false), { signal });
    return remove;
  }

  private get input(): HTMLInputElement | null {
    return this.querySelector('input');
  }

  private get list(): HTMLElement | null {
    return this.querySelector('[role="listbox"]');
  }

  private get options(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('[role="option"]')];
  }

  private onShortcut(event: KeyboardEvent): void {
    if (!this.dataset['shortcut'] || event.key !== this.dataset['shortcut']) return;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target instanceof Element && event.target.closest(TYPING)) return;
    if (document.querySelector('shuniu-keys [data-filter]')) return;
    event.preventDefault();
    this.input?.focus();
    this.input?.select();
  }

  private onFilled(input: HTMLInputElement, list: HTMLElement): void {
    this.options.forEach((option, at) => (option.id = `${list.id}-${at}`));
    this.mark(undefined);
    this.show(document.activeElement === input && input.value.trim() !== '' && this.options.length > 0);
  }

  private onKey(event: KeyboardEvent, input: HTMLInputElement): void {
    if (event.isComposing || this.list?.hidden !== false) return;
    const { options } = this;
    const at = options.findIndex((option) => option.ariaSelected === 'true');
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const next = event.key === 'ArrowDown' ? at + 1 : at < 0 ? options.length - 1 : at - 1;
      this.mark(options[next]);
    } else if (event.key === 'Escape') {
      this.show(false);
    } else if (event.key === 'Enter' && at >= 0) {
      this.choose(options[at]);
    } else {
      return;
    }
    event.preventDefault();
    input.focus();
  }

  private mark(chosen: HTMLElement | undefined): void {
    this.options.forEach((option) => option.setAttribute('aria-selected', String(option === chosen)));
    if (chosen) this.input?.setAttribute('aria-activedescendant', chosen.id);
    else this.input?.removeAttribute('aria-activedescendant');
    chosen?.scrollIntoView?.({ block: 'nearest' });
  }

  private choose(option: HTMLElement | undefined): void {
    if (!option || !this.input) return;
    if (this.hasAttribute('data-fill')) {
      this.input.value = option.dataset['value'] ?? '';
      this.input.dispatchEvent(new Event('change', { bubbles: true }));
      this.show(false);
    } else if (option.dataset['url']) {
      location.assign(option.dataset['url']);
    }
  }

  private show(isOpen: boolean): void {
    if (!this.list || !this.input) return;
    this.list.hidden = !isOpen;
    this.input.setAttribute('aria-expanded', String(isOpen));
    if (!isOpen) this.mark(undefined);
  }
}

function optionOf(target: EventTarget | null): HTMLElement | undefined {
  return (target instanceof Element && target.closest<HTMLElement>('[role="option"]')) || undefined;
}

function asNode(target: EventTarget | null): Node | null {
  return target instanceof Node ? target : null;
}
