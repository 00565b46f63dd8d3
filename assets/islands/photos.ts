import { listeners, PageElement } from './island';

const EDGE_PX = 192;

/**
 * Shows small previews of the photos chosen in the file field inside it, each with a button that takes it out again.
 *
 * `data-remove` is the word on that button. The pictures are painted on a canvas, so the content policy needs no
 * `blob:`; a file that the browser cannot read as a picture is shown by its name.
 */
export class Photos extends PageElement {
  protected override start(): () => void {
    const input = this.querySelector<HTMLInputElement>('input[type="file"]');
    if (!input) return () => undefined;
    const list = document.createElement('ul');
    list.className = 'photos';
    this.append(list);
    const { signal, remove } = listeners();
    const refresh = (): void => list.replaceChildren(...[...(input.files ?? [])].map((file) => this.item(file, input, refresh)));
    input.addEventListener('change', refresh, { signal });
    refresh();
    return () => {
      remove();
      list.remove();
    };
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
      takeOut(file, input);
      refresh();
      input.focus();
    });
    item.append(name, button);
    void paint(file).then((canvas) => canvas && item.prepend(canvas));
    return item;
  }
}

function takeOut(file: File, input: HTMLInputElement): void {
  const rest = new DataTransfer();
  for (const kept of input.files ?? []) {
    if (kept !== file) rest.items.add(kept);
  }
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
