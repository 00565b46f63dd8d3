import type { TrendPoint, TrendProps } from '../types/trend';
import { Island } from './island';

const SVG = 'http://www.w3.org/2000/svg';
const HEIGHT = 180;
const MARGIN = { top: 22, right: 16, bottom: 26, left: 44 };
const LABEL_WIDTH = 52;

interface Scale {
  readonly x: (index: number) => number;
  readonly y: (value: number) => number;
  readonly step: number;
  readonly ticks: readonly number[];
  readonly width: number;
}

/** A line or bars over time, drawn above the table that it was made from, which is folded away meanwhile. */
export class Trend extends Island<TrendProps> {
  protected override draw(props: TrendProps): () => void {
    const holder = document.createElement('div');
    holder.className = 'trend__drawing';
    this.prepend(holder);
    const table = this.querySelector('details');
    if (table) table.open = false;
    const redraw = (): void => {
      const width = Math.max(280, Math.round(holder.clientWidth) || 640);
      holder.replaceChildren(picture(props, width));
    };
    redraw();
    const observer = typeof ResizeObserver === 'undefined' ? undefined : new ResizeObserver(redraw);
    observer?.observe(holder);
    return () => {
      observer?.disconnect();
      if (table) table.open = true;
      holder.remove();
    };
  }
}

/** The smallest of 1, 2, 5 times a power of ten that cuts `highest` into at most four steps. */
export function niceStep(highest: number): number {
  const rough = Math.max(highest, 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= rough) ?? 10;
  return Math.max(1, factor * power);
}

function scaleOf(points: readonly TrendPoint[], width: number): Scale {
  const highest = Math.max(0, ...points.map((point) => point.value ?? 0));
  const tick = niceStep(highest);
  const top = Math.max(tick, Math.ceil(highest / tick) * tick);
  const step = (width - MARGIN.left - MARGIN.right) / Math.max(points.length, 1);
  const inner = HEIGHT - MARGIN.top - MARGIN.bottom;
  return {
    x: (index) => MARGIN.left + step * (index + 0.5),
    y: (value) => MARGIN.top + inner * (1 - value / top),
    step,
    ticks: Array.from({ length: Math.round(top / tick) + 1 }, (_, index) => index * tick),
    width,
  };
}

function picture(props: TrendProps, width: number): SVGElement {
  const scale = scaleOf(props.points, width);
  const svg = make('svg', { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, role: 'img', 'aria-label': props.question });
  svg.append(...grid(scale, props.unit), ...days(props.points, scale));
  svg.append(...(props.kind === 'bar' ? bars(props.points, scale) : line(props.points, scale)));
  const last = props.points.at(-1);
  if (last && last.value !== null) {
    const at = { x: scale.x(props.points.length - 1), y: scale.y(last.value) - 8 };
    svg.append(make('text', { ...at, class: 'trend__last', 'text-anchor': 'middle' }, String(last.value)));
  }
  return svg;
}

function grid(scale: Scale, unit: string): SVGElement[] {
  const lines = scale.ticks.flatMap((tick) => {
    const y = scale.y(tick);
    return [
      make('line', { x1: MARGIN.left, x2: scale.width - MARGIN.right, y1: y, y2: y, class: 'trend__grid' }),
      make('text', { x: MARGIN.left - 6, y: y + 4, class: 'trend__text', 'text-anchor': 'end' }, String(tick)),
    ];
  });
  return [...lines, make('text', { x: MARGIN.left - 6, y: 11, class: 'trend__text', 'text-anchor': 'end' }, unit)];
}

/** Labels under the axis, as many as fit, the last one always among them. */
function days(points: readonly TrendPoint[], scale: Scale): SVGElement[] {
  const every = Math.max(1, Math.ceil(LABEL_WIDTH / scale.step));
  return points.flatMap((point, index) => {
    if ((points.length - 1 - index) % every !== 0) return [];
    return [make('text', { x: scale.x(index), y: HEIGHT - 8, class: 'trend__text', 'text-anchor': 'middle' }, point.label)];
  });
}

function bars(points: readonly TrendPoint[], scale: Scale): SVGElement[] {
  const width = Math.min(36, scale.step * 0.6);
  return points.flatMap((point, index) => {
    if (point.value === null) return [];
    const y = scale.y(point.value);
    return [make('rect', { x: scale.x(index) - width / 2, y, width, height: scale.y(0) - y, class: 'trend__bar' })];
  });
}

function line(points: readonly TrendPoint[], scale: Scale): SVGElement[] {
  let path = '';
  const dots: SVGElement[] = [];
  points.forEach((point, index) => {
    if (point.value === null) return;
    const joined = index > 0 && points[index - 1]?.value !== null;
    path += `${joined ? 'L' : 'M'}${scale.x(index)} ${scale.y(point.value)}`;
    dots.push(make('circle', { cx: scale.x(index), cy: scale.y(point.value), r: 3, class: 'trend__dot' }));
  });
  return [make('path', { d: path, class: 'trend__line' }), ...dots];
}

function make(name: string, attributes: Record<string, string | number>, text = ''): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.textContent = text;
  return element;
}
