import { listeners, PageElement } from './island';

const AT_TOP_PX = 40;
const MARKED_FOR_MS = 4_000;
/** A row in an answer, which is only read, never made into markup here. */
const ROW = /data-case="(\d+)"\s+data-mark="([^"]*)"/g;

/** How a list differs from the one before: cases that were not there, and whether anything else moved. */
export interface News {
  readonly fresh: readonly string[];
  readonly moved: readonly string[];
  readonly isSame: boolean;
}

interface SwapDetail {
  shouldSwap: boolean;
  serverResponse: string;
  requestConfig?: { elt?: Element; triggeringEvent?: Event };
}

/** What the list that has just been put in should say and mark, once it stands in the page. */
let arrived: { words: string; news: News } | undefined;

/**
 * A list that follows the server without moving under somebody's hand, and whose rows can be marked together.
 *
 * htmx fetches the list anew whenever something changed. If the person is at its top and has nothing marked, open or
 * under the pointer, it is put in at once; otherwise the button `[data-fresh]` says what is new, and shows it when
 * pressed. Rows are `[data-case]` with a `data-mark` that changes with what they show; boxes are `[data-pick]`.
 */
export class Rows extends PageElement {
  protected override start(): () => void {
    const { signal, remove } = listeners();
    this.addEventListener('htmx:beforeSwap', (event) => this.judge(event as CustomEvent<SwapDetail>), { signal });
    this.addEventListener('change', (event) => this.picked(event), { signal });
    this.addEventListener('reset', () => window.setTimeout(() => this.count()), { signal });
    this.querySelector('[data-fresh]')?.addEventListener('click', () => this.show(), { signal });
    this.querySelector('[data-together-none]')?.addEventListener('click', () => window.setTimeout(() => this.count()), { signal });
    this.querySelector('[data-pick-all]')?.removeAttribute('hidden');
    this.count();
    this.tell();
    return remove;
  }

  private boxes(): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>('[data-pick]')];
  }

  /** Nobody is about to press anything here. */
  private isCalm(): boolean {
    const isBusy = this.boxes().some((box) => box.checked) || this.querySelector('details[open]') !== null;
    return !isBusy && window.scrollY <= AT_TOP_PX && !this.contains(document.activeElement) && !this.matches(':hover');
  }

  private judge(event: CustomEvent<SwapDetail>): void {
    const { detail } = event;
    const asked = detail.requestConfig;
    if (event.target !== this || asked?.elt !== this || asked.triggeringEvent?.type === 'shuniu:show') return;
    const news = newsOf(this, detail.serverResponse);
    const words = this.wordsFor(news);
    if (this.isCalm()) {
      if (!news.isSame) arrived = { words, news };
      return;
    }
    detail.shouldSwap = false;
    if (!news.isSame) this.offer(words);
  }

  private wordsFor(news: News): string {
    const count = news.fresh.length;
    if (!count) return this.word('changed');
    return count === 1 ? this.word('newOne') : this.word('newMany').replace('%s', String(count));
  }

  private word(name: string): string {
    return this.querySelector<HTMLElement>('[data-fresh]')?.dataset[name] ?? '';
  }

  private offer(words: string): void {
    const button = this.querySelector<HTMLElement>('[data-fresh]');
    const shown = this.querySelector('[data-fresh-words]');
    if (!button || !shown || shown.textContent === words) return;
    shown.textContent = words;
    button.hidden = false;
    this.say(words);
  }

  private show(): void {
    window.scrollTo({ top: 0 });
    this.dispatchEvent(new CustomEvent('shuniu:show'));
  }

  private say(words: string): void {
    const said = this.querySelector('[data-fresh-said]');
    if (said) said.textContent = words;
  }

  /** Say and mark what came in with this list. */
  private tell(): void {
    const now = arrived;
    arrived = undefined;
    if (!now) return;
    window.setTimeout(() => this.say(now.words), 100);
    const rows = [...now.news.fresh, ...now.news.moved].map((id) => this.querySelector(`[data-case="${id}"]`));
    rows.forEach((row) => row?.classList.add('row--fresh'));
    window.setTimeout(() => rows.forEach((row) => row?.classList.remove('row--fresh')), MARKED_FOR_MS);
  }

  private picked(event: Event): void {
    const box = event.target;
    if (box instanceof HTMLInputElement && box.closest('[data-pick-all]')) {
      this.boxes().forEach((one) => { one.checked = box.checked; });
    }
    this.count();
  }

  private count(): void {
    const boxes = this.boxes();
    const marked = boxes.filter((box) => box.checked).length;
    const bar = this.querySelector<HTMLElement>('[data-together]');
    if (bar) bar.hidden = marked === 0;
    const said = this.querySelector<HTMLElement>('[data-together-count]');
    if (said) said.textContent = (said.dataset['words'] ?? '%s').replace('%s', String(marked));
    const all = this.querySelector<HTMLInputElement>('[data-pick-all] input');
    if (!all) return;
    all.checked = marked > 0 && marked === boxes.length;
    all.indeterminate = marked > 0 && marked < boxes.length;
  }
}

/** Compare the rows in the page with those of an answer. */
export function newsOf(here: ParentNode, answer: string): News {
  const rows = [...here.querySelectorAll<HTMLElement>('[data-case]')];
  const before = new Map(rows.map((row) => [row.dataset['case'] ?? '', row.dataset['mark'] ?? '']));
  const after = new Map([...answer.matchAll(ROW)].map(([, id = '', mark = '']) => [id, mark]));
  const fresh = [...after.keys()].filter((id) => !before.has(id));
  const moved = [...after].filter(([id, mark]) => before.has(id) && before.get(id) !== mark).map(([id]) => id);
  const isSame = !fresh.length && !moved.length && before.size === after.size;
  return { fresh, moved, isSame };
}
