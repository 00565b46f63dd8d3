import { listeners, PageElement } from './island';

const SVG = 'http://www.w3.org/2000/svg';
const DECIMALS = 6;
const SATELLITE = 'WGS84';

/** The ground that a map shows, in degrees. */
export interface Ground {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/**
 * Lets somebody choose a position by a click on the map inside it, instead of typing it.
 *
 * `data-map` is the id of the map's figure, `data-input` that of the field for longitude and latitude, `data-datum` that
 * of the field for the coordinates' origin; `data-west`, `-south`, `-east`, `-north` are the ground that is shown.
 */
export class Pick extends PageElement {
  protected override start(): () => void {
    const figure = document.getElementById(this.dataset['map'] ?? '');
    const svg = figure?.querySelector('svg');
    const input = document.getElementById(this.dataset['input'] ?? '');
    if (!figure || !svg || !(input instanceof HTMLInputElement)) return () => undefined;
    const hint = this.querySelector<HTMLElement>('[data-when="ready"]');
    if (hint) hint.hidden = false;
    figure.classList.add('map--to-pick');
    const { signal, remove } = listeners();
    figure.addEventListener('click', (event) => {
      event.preventDefault();
      const box = svg.getBoundingClientRect();
      const { width, height } = pictureSize(svg);
      const scale = Math.min(box.width / width, box.height / height);
      const x = (event.clientX - box.left - (box.width - width * scale) / 2) / scale;
      const y = (event.clientY - box.top - (box.height - height * scale) / 2) / scale;
      if (x < 0 || y < 0 || x > width || y > height) return;
      input.value = positionAt(this.ground(), x / width, y / height);
      chooseSatellite(this.dataset['datum'] ?? '');
      mark(svg, x, y);
    }, { signal });
    const select = document.getElementById(this.dataset['datum'] ?? '');
    const show = (): void => {
      const datum = select instanceof HTMLSelectElement ? select.value : SATELLITE;
      this.markTyped(svg, input.value, datum);
    };
    input.addEventListener('input', show, { signal });
    select?.addEventListener('change', show, { signal });
    show();
    return () => {
      remove();
      svg.querySelector('.map__picked')?.remove();
      figure.classList.remove('map--to-pick');
      if (hint) hint.hidden = true;
    };
  }

  /** Marks a typed position as far as the map shows it; a shift that other maps add is taken off. */
  private markTyped(svg: SVGSVGElement, text: string, datum: string): void {
    const typed = positionIn(text);
    const [east = 0, north = 0] = (this.getAttribute(`data-shift-${datum.toLowerCase()}`) ?? '').split(' ').map(Number);
    const share = typed && sharesOf(this.ground(), typed[0] - east, typed[1] - north);
    if (!share) {
      svg.querySelector('.map__picked')?.remove();
      return;
    }
    const { width, height } = pictureSize(svg);
    mark(svg, share[0] * width, share[1] * height);
  }

  private ground(): Ground {
    const degrees = (name: string): number => Number(this.dataset[name]);
    return { west: degrees('west'), south: degrees('south'), east: degrees('east'), north: degrees('north') };
  }
}

/** Longitude and latitude of a point that lies so far from the left and the top edge, as shares of the picture. */
export function positionAt(ground: Ground, left: number, top: number): string {
  const lon = ground.west + left * (ground.east - ground.west);
  const lat = ground.north - top * (ground.north - ground.south);
  return `${lon.toFixed(DECIMALS)}, ${lat.toFixed(DECIMALS)}`;
}

/** The two numbers of a text, longitude first; nothing while there are not two. */
export function positionIn(text: string): [number, number] | undefined {
  const numbers = text.normalize('NFKC').match(/\d{1,3}(\.\d+)?/g) ?? [];
  const [lon, lat] = numbers.map(Number);
  return numbers.length === 2 && lon !== undefined && lat !== undefined ? [lon, lat] : undefined;
}

/** How far from the left and the top edge a position lies, as shares of the picture; nothing outside of it. */
export function sharesOf(ground: Ground, lon: number, lat: number): [number, number] | undefined {
  const left = (lon - ground.west) / (ground.east - ground.west);
  const top = (ground.north - lat) / (ground.north - ground.south);
  return left >= 0 && left <= 1 && top >= 0 && top <= 1 ? [left, top] : undefined;
}

function pictureSize(svg: SVGSVGElement): { width: number; height: number } {
  const [, , width = 1, height = 1] = (svg.getAttribute('viewBox') ?? '').split(' ').map(Number);
  return { width, height };
}

/** The map is in WGS-84, whatever was chosen for a typed position. */
function chooseSatellite(id: string): void {
  const select = document.getElementById(id);
  if (select instanceof HTMLSelectElement) select.value = SATELLITE;
}

function mark(svg: SVGSVGElement, x: number, y: number): void {
  const dot = svg.querySelector('.map__picked') ?? document.createElementNS(SVG, 'circle');
  for (const [key, value] of Object.entries({ class: 'map__picked', cx: x, cy: y, r: 5 })) dot.setAttribute(key, String(value));
  svg.append(dot);
}
