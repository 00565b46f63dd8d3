import { listeners, PageElement } from './island';

/**
 * Says that the network is gone, or that the last request failed.
 *
 * Holds two paragraphs, `data-when="offline"` and `data-when="failed"`, both hidden at first: the words are the
 * template's. Listens to the browser, to htmx, and to `shuniu:offline` and `shuniu:online` from `shuniu-live`.
 */
export class Connection extends PageElement {
  protected override start(): () => void {
    const { signal, remove } = listeners();
    for (const event of ['offline', 'online'] as const) {
      window.addEventListener(event, () => this.show(event === 'offline' ? 'offline' : undefined), { signal });
      document.addEventListener(`shuniu:${event}`, () => this.show(event === 'offline' ? 'offline' : undefined), { signal });
    }
    document.addEventListener('htmx:sendError', () => this.show('offline'), { signal });
    document.addEventListener('htmx:responseError', () => this.show('failed'), { signal });
    document.addEventListener('htmx:afterSwap', () => this.show(undefined), { signal });
    if (!navigator.onLine) this.show('offline');
    return () => {
      remove();
      this.show(undefined);
    };
  }

  private show(state: 'offline' | 'failed' | undefined): void {
    for (const part of this.querySelectorAll<HTMLElement>('[data-when]')) {
      part.hidden = part.dataset['when'] !== state;
    }
  }
}
