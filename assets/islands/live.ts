import { listeners, PageElement } from './island';

const POLL_EVERY_MS = 30_000;
const TRY_AGAIN_AFTER_MS = 60_000;
const REST_AFTER_MS = 60_000;

/**
 * Tells the page that something changed on the server, so that htmx can fetch it again.
 *
 * `data-url` is the address of the event stream; an event `changed` carries a JSON list of topics. For every one the
 * document gets `shuniu:changed` with `detail.topic`, and `shuniu:changed:<topic>`, which `hx-trigger` can tell apart.
 * `data-topics` (words) are the topics of this page: while the stream is broken they are announced every 30 seconds.
 *
 * A page that nobody looks at listens for a minute more and then rests: browsers allow few connections to one server, and
 * a person may have many tabs open. When it is looked at again, its topics are announced once.
 */
export class Live extends PageElement {
  private source: EventSource | undefined;
  private poll: number | undefined;
  private retry: number | undefined;
  private tired: number | undefined;
  private resting = false;

  protected override start(): () => void {
    const { signal, remove } = listeners();
    document.addEventListener('visibilitychange', () => this.look(), { signal });
    this.resting = document.hidden;
    if (!this.resting) this.open();
    return () => {
      remove();
      window.clearTimeout(this.tired);
      this.close();
      this.stopPolling();
    };
  }

  /** Rest a minute after the page went out of sight; catch up when it is back. */
  private look(): void {
    window.clearTimeout(this.tired);
    if (document.hidden) {
      this.tired = window.setTimeout(() => this.rest(), REST_AFTER_MS);
    } else if (this.resting) {
      this.resting = false;
      this.open();
      this.announceAll();
    }
  }

  private rest(): void {
    this.resting = true;
    this.close();
    this.stopPolling();
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
    this.poll = window.setInterval(() => this.announceAll(), POLL_EVERY_MS);
  }

  private announceAll(): void {
    const topics = (this.dataset['topics'] ?? '').split(/\s+/).filter(Boolean);
    (topics.length ? topics : ['all']).forEach(announce);
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
