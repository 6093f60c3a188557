/** Boxes of the page as rectangles of an SVG: background, border, rounded corners; and colours that every reader of SVG knows. */
import type { Place } from './svg-context.ts';

export type Box = Place;

export interface FlatColor {
  /** `#rrggbb`. */
  readonly hex: string;
  /** 0 … 1. */
  readonly alpha: number;
}

let probe: OffscreenCanvasRenderingContext2D | null = null;
const known = new Map<string, FlatColor>();

/** Whatever CSS calls a colour, `color-mix` and all, as red, green and blue. */
export function flat(color: string): FlatColor {
  const before = known.get(color);
  if (before) return before;
  probe ??= new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  if (!probe) return { hex: '#000000', alpha: 1 };
  probe.clearRect(0, 0, 1, 1);
  probe.fillStyle = color;
  probe.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = probe.getImageData(0, 0, 1, 1).data;
  const hex = `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
  const made = { hex, alpha: alpha / 255 };
  known.set(color, made);
  return made;
}

const near = (value: number): string => String(Number(value.toFixed(2)));

/** `name` with a colour, and its opacity where it lets something through. */
export function paintAttribute(name: 'fill' | 'stroke', color: string): string {
  const { hex, alpha } = flat(color);
  return alpha === 1 ? `${name}="${hex}"` : `${name}="${hex}" ${name}-opacity="${near(alpha)}"`;
}

function radiusOf(style: CSSStyleDeclaration, { width, height }: Box): number {
  const text = style.borderTopLeftRadius;
  const size = Number.parseFloat(text) || 0;
  return Math.min(text.endsWith('%') ? (size / 100) * Math.min(width, height) : size, width / 2, height / 2);
}

function rectXml({ x, y, width, height }: Box, radius: number, paint: string): string {
  const round = radius > 0 ? ` rx="${near(radius)}"` : '';
  return `<rect x="${near(x)}" y="${near(y)}" width="${near(width)}" height="${near(height)}"${round} ${paint}/>`;
}

/** From left to right, from one colour to another, as a scale of shades is. */
function gradientXml(box: Box, radius: number, image: string): string {
  const [from, to] = image.match(/(?:[a-z-]+\([^()]*\)|#[0-9a-f]+)/gi)?.map(flat) ?? [];
  if (!image.startsWith('linear-gradient(to right') || !from || !to) return '';
  const id = `shade${near(box.x)}-${near(box.y)}`.replaceAll('.', '_');
  const stop = (at: number, { hex, alpha }: FlatColor): string =>
    `<stop offset="${at}" stop-color="${hex}" stop-opacity="${near(alpha)}"/>`;
  return `<linearGradient id="${id}">${stop(0, from)}${stop(1, to)}</linearGradient>${rectXml(box, radius, `fill="url(#${id})"`)}`;
}

const sides = ['Top', 'Right', 'Bottom', 'Left'] as const;

function borderXml(box: Box, radius: number, style: CSSStyleDeclaration): string {
  const { x, y, width, height } = box;
  const borders = sides.map((side) => ({
    size: style[`border${side}Style`] === 'none' ? 0 : Number.parseFloat(style[`border${side}Width`]) || 0,
    color: style[`border${side}Color`],
    dashes: style[`border${side}Style`] === 'dashed' ? ' stroke-dasharray="4 3"' : '',
  }));
  const paint = ({ size, color, dashes }: (typeof borders)[number]): string =>
    `fill="none" ${paintAttribute('stroke', color)} stroke-width="${near(size)}"${dashes}`;
  const [first] = borders;
  if (first && borders.every(({ size, color }) => size === first.size && color === first.color)) {
    if (first.size === 0 || flat(first.color).alpha === 0) return '';
    const half = first.size / 2;
    const inner = { x: x + half, y: y + half, width: Math.max(0, width - first.size), height: Math.max(0, height - first.size) };
    return rectXml(inner, Math.max(0, radius - half), paint(first));
  }
  return borders
    .map((border, at) => {
      if (border.size === 0 || flat(border.color).alpha === 0) return '';
      const half = border.size / 2;
      const lines = [`M${near(x)} ${near(y + half)}h${near(width)}`, `M${near(x + width - half)} ${near(y)}v${near(height)}`];
      lines.push(`M${near(x)} ${near(y + height - half)}h${near(width)}`, `M${near(x + half)} ${near(y)}v${near(height)}`);
      return `<path d="${lines[at] ?? ''}" ${paint(border)}/>`;
    })
    .join('');
}

export function boxXml(box: Box, style: CSSStyleDeclaration): string {
  if (box.width === 0 && box.height === 0) return '';
  const radius = radiusOf(style, box);
  const ground = flat(style.backgroundColor).alpha === 0 ? '' : rectXml(box, radius, paintAttribute('fill', style.backgroundColor));
  const shade = style.backgroundImage === 'none' ? '' : gradientXml(box, radius, style.backgroundImage);
  return ground + shade + borderXml(box, radius, style);
}

/** Boxes that a stylesheet puts into an element, where they are placed within it. */
export function shadowBoxes(element: Element, around: Box): string {
  return ['::before', '::after']
    .map((which) => {
      const style = getComputedStyle(element, which);
      if (style.content === 'none' || style.content === 'normal' || style.position !== 'absolute') return '';
      const [left, top, width, height] = [style.left, style.top, style.width, style.height].map((text) => Number.parseFloat(text));
      if (left === undefined || top === undefined || width === undefined || height === undefined) return '';
      return boxXml({ x: around.x + left, y: around.y + top, width, height }, style);
    })
    .join('');
}
