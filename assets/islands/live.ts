import { PageElement } from './island';

const POLL_EVERY_MS = 30_000;
const TRY_AGAIN_AFTER_MS = 60_000;

/**
 * Tells the page that something changed on the server, so that htmx can fetch it again.
 *
 * `data-url` is the address of the event stream; an event `changed` carries a JSON list of topics. For every one the
 * document gets `shuniu:changed` with `detail.topic`, and `shuniu:changed:<topic>`, which `hx-trigger` can tell apart.
 * `data-topics` (words) are the topics of this page: while the stream is broken they are announced every 30 seconds.
 */
export class Live extends PageElement {
  private source: EventSource | undefined;
  private poll: number | undefined;
  private retry: number | undefined;

  protected override start(): () => void {
    this.open();
    return () => {
      this.close();
      this.stopPolling();
    };
  }

  private open(): void {
    const url = this.dataset['url'];
    if (!url || typeof EventSource === 'undefined') {
      this.startPolling();
      return;
    }
    const source = new EventSource(url);
    source.addEventListener('open', () => {
      this.stopPolling();
      document.dispatchEvent(new CustomEvent('shuniu:online'));
    });
    source.addEventListener('changed', (event) => {
      (JSON.parse((event as MessageEvent<string>).data) as string[]).forEach(announce);
    });
    source.addEventListener('error', () => this.lost(source));
    this.source = source;
  }

  private close(): void {
    this.source?.close();
    this.source = undefined;
    window.clearTimeout(this.retry);
    this.retry = undefined;
  }

  /** Poll until the stream is back. The browser reconnects, but after some answers it gives up and we must. */
  private lost(source: EventSource): void {
    this.startPolling();
    if (!navigator.onLine) document.dispatchEvent(new CustomEvent('shuniu:offline'));
    if (source.readyState !== EventSource.CLOSED) return;
    this.close();
    this.retry = window.setTimeout(() => this.open(), TRY_AGAIN_AFTER_MS);
  }

  private startPolling(): void {
    if (this.poll !== undefined) return;
    const topics = (this.dataset['topics'] ?? '').split(/\s+/).filter(Boolean);
    this.poll = window.setInterval(() => (topics.length ? topics : ['all']).forEach(announce), POLL_EVERY_MS);
  }

  private stopPolling(): void {
    window.clearInterval(this.poll);
    this.poll = undefined;
  }
}

function announce(topic: string): void {
  const detail = { topic };
  document.dispatchEvent(new CustomEvent('shuniu:changed', { detail }));
  document.dispatchEvent(new CustomEvent(`shuniu:changed:${topic}`, { detail }));
}
