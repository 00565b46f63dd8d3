import { listeners, PageElement } from './island';

/**
 * Says that the network is gone, that the last request failed, or that what was asked for is out of reach.
 *
 * Holds a paragraph for each, `data-when="offline"`, `"failed"` and `"gone"`, hidden at first: the words are the
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
    document.addEventListener('htmx:responseError', (event) => this.show(isGone(event) ? 'gone' : 'failed'), { signal });
    document.addEventListener('htmx:afterSwap', () => this.show(undefined), { signal });
    if (!navigator.onLine) this.show('offline');
    return () => {
      remove();
      this.show(undefined);
    };
  }

  private show(state: 'offline' | 'failed' | 'gone' | undefined): void {
    for (const part of this.querySelectorAll<HTMLElement>('[data-when]')) {
      part.hidden = part.dataset['when'] !== state;
    }
  }
}

/** A page that looked again and found nothing: no failure, but passed on to somebody else. */
function isGone(event: Event): boolean {
  const detail = (event as CustomEvent<{ xhr?: { status: number }; requestConfig?: { verb: string } } | null>).detail;
  return detail?.xhr?.status === 404 && detail.requestConfig?.verb === 'get';
}
