import { listeners, PageElement } from './island';

const EDGE_PX = 192;

/**
 * Gathers photos and files in the file field inside it: chosen in several goes, each with a small preview and a button
 * that takes it out again, and none that is too big or too many.
 *
 * `data-remove` is the word on that button; `data-most-bytes` and `data-most` are the limits, `data-too-big` and
 * `data-too-many` the sentences about them, said in `[data-photos-said]`. While htmx sends the form around it,
 * `[data-photos-progress]` shows how far it is. The pictures are painted on a canvas, so the content policy needs no
 * `blob:`; a file that the browser cannot read as a picture is shown by its name.
 */
export class Photos extends PageElement {
  private kept: File[] = [];

  protected override start(): () => void {
    const input = this.querySelector<HTMLInputElement>('input[type="file"]');
    if (!input) return () => undefined;
    const list = document.createElement('ul');
    list.className = 'photos';
    this.append(list);
    const { signal, remove } = listeners();
    const refresh = (): void => list.replaceChildren(...this.kept.map((file) => this.item(file, input, refresh)));
    input.addEventListener('change', () => {
      this.take([...(input.files ?? [])]);
      put(this.kept, input);
      refresh();
    }, { signal });
    const form = this.closest('form');
    form?.addEventListener('htmx:xhr:progress', (event) => this.progress((event as CustomEvent<ProgressEvent>).detail), { signal });
    form?.addEventListener('htmx:afterRequest', () => this.progress(undefined), { signal });
    this.take([...(input.files ?? [])]);
    refresh();
    return () => {
      remove();
      list.remove();
    };
  }

  /** Keep what was chosen now beside what was chosen before, within the limits. */
  private take(chosen: File[]): void {
    const mostBytes = Number(this.dataset['mostBytes'] ?? Infinity);
    const most = Number(this.dataset['most'] ?? Infinity);
    const tooBig = chosen.filter((file) => file.size > mostBytes);
    const known = new Set(this.kept.map(mark));
    const added = chosen.filter((file) => file.size <= mostBytes && !known.has(mark(file)));
    const all = [...this.kept, ...added];
    this.kept = all.slice(0, most);
    const said = tooBig.map((file) => (this.dataset['tooBig'] ?? '').replace('%s', file.name));
    if (all.length > most) said.push(this.dataset['tooMany'] ?? '');
    const place = this.querySelector('[data-photos-said]');
    if (place) place.textContent = said.join(' ');
  }

  private progress(sent: ProgressEvent | undefined): void {
    const box = this.querySelector<HTMLElement>('[data-photos-progress]');
    if (!box) return;
    box.hidden = !sent?.lengthComputable || !this.kept.length;
    if (box.hidden || !sent) return;
    const percent = Math.min(100, Math.round((100 * sent.loaded) / sent.total));
    const bar = box.querySelector('progress');
    if (bar) bar.value = percent;
    const words = box.querySelector('[data-photos-percent]');
    if (words) words.textContent = (this.dataset['sending'] ?? '%s%').replace('%s', String(percent));
  }

  private item(file: File, input: HTMLInputElement, refresh: () => void): HTMLLIElement {
    const item = document.createElement('li');
    item.className = 'photos__item';
    const name = document.createElement('span');
    name.className = 'photos__name';
    name.textContent = file.name;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'btn btn-sm';
    button.textContent = this.dataset['remove'] ?? '×';
    button.setAttribute('aria-label', `${button.textContent} ${file.name}`);
    button.addEventListener('click', () => {
      this.kept = this.kept.filter((one) => one !== file);
      put(this.kept, input);
      refresh();
      input.focus();
    });
    item.append(name, button);
    void paint(file).then((canvas) => canvas && item.prepend(canvas));
    return item;
  }
}

function mark(file: File): string {
  return `${file.name} ${file.size} ${file.lastModified}`;
}

/** Let the field hold these files. Where a browser cannot, it keeps what it has. */
function put(files: readonly File[], input: HTMLInputElement): void {
  if (typeof DataTransfer === 'undefined') return;
  const rest = new DataTransfer();
  files.forEach((file) => rest.items.add(file));
  input.files = rest.files;
}

async function paint(file: File): Promise<HTMLCanvasElement | undefined> {
  if (typeof createImageBitmap === 'undefined') return undefined;
  const picture = await createImageBitmap(file).catch(() => undefined);
  if (!picture) return undefined;
  const canvas = document.createElement('canvas');
  canvas.className = 'photos__picture';
  canvas.width = canvas.height = EDGE_PX;
  const side = Math.min(picture.width, picture.height);
  const left = (picture.width - side) / 2;
  const top = (picture.height - side) / 2;
  canvas.getContext('2d')?.drawImage(picture, left, top, side, side, 0, 0, EDGE_PX, EDGE_PX);
  picture.close();
  return canvas;
}
