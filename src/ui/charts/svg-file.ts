/** Charts as SVG files: the frame that every one has, and a picture of layers drawn without a canvas. Pure; no markup of a page. */
import type { ColorName } from './colors.ts';
import { chartFont } from './colors.ts';
import { apart } from './curves.ts';
import { linearTicks, logTicks, type Ink, type Layer, type Picture, type PictureAxis } from './layers.ts';
import { mixed } from './plane.ts';

export type SvgColors = (name: ColorName) => string;

/** Text and attribute values; what cannot stand in XML at all is left out. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/\p{Cc}/gu, '');
}

/** Of a saved picture of layers, CSS pixels. */
export const fileSize = { width: 900, height: 520 } as const;

export interface SvgParts {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Elements as XML, escaped. */
  readonly body: string;
  readonly color: SvgColors;
}

export function svgFile({ width, height, body, color }: SvgParts): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escaped(chartFont)}" font-size="12" fill="none"><rect width="100%" height="100%" fill="${color('card')}"/>${body}</svg>`;
}

/** The same file with a title, which readers of the screen say. @param svg made here, with no title yet */
export function titled(svg: string, title: string): string {
  return svg.replace(/^<svg ([^>]*)>/, (_all, attributes: string) => `<svg ${attributes} role="img"><title>${escaped(title)}</title>`);
}

/** Coordinates to a tenth of a pixel: more only makes files large. */
const near = (value: number): string => String(Number(value.toFixed(1)));

interface Pen {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly top: number;
  readonly bottom: number;
  readonly ink: (ink: Ink) => string;
  readonly color: SvgColors;
}

function place({ log, from, to }: PictureAxis, low: number, high: number): (value: number) => number {
  const share = log
    ? (value: number): number => Math.log(Math.max(value, from) / from) / Math.log(to / from)
    : (value: number): number => (value - from) / (to - from);
  return (value) => low + Math.min(1, Math.max(0, share(value))) * (high - low);
}

function points(x: readonly number[], y: readonly number[], pen: Pen): string {
  return x.map((value, at) => `${near(pen.x(value))},${near(pen.y(y[at] ?? Number.NaN))}`).join(' ');
}

function layerXml(layer: Layer, pen: Pen): string {
  switch (layer.kind) {
    case 'line': {
      const dash = layer.dashed ? ` stroke-dasharray="${(layer.dash ?? [5, 4]).join(' ')}"` : '';
      return `<polyline points="${points(layer.x, layer.y, pen)}" stroke="${pen.ink(layer.ink)}" stroke-width="${layer.width}" stroke-linejoin="round"${dash}/>`;
    }
    case 'band': {
      const back = points([...layer.x].reverse(), [...layer.low].reverse(), pen);
      return `<polygon points="${points(layer.x, layer.high, pen)} ${back}" fill="${pen.ink(layer.ink)}" opacity="0.13"/>`;
    }
    case 'dots':
      return layer.x
        .map((value, at) => {
          const [low, high] = [layer.low?.[at], layer.high?.[at]];
          const whisker =
            low === undefined || high === undefined
              ? ''
              : `<path d="M${near(pen.x(value))} ${near(pen.y(low))}V${near(pen.y(high))}" stroke="${pen.ink(layer.ink)}" stroke-width="1.2"/>`;
          const dot = `<circle cx="${near(pen.x(value))}" cy="${near(pen.y(layer.y[at] ?? Number.NaN))}" r="3.2" fill="${pen.ink(layer.ink)}" stroke="${pen.color('card')}" stroke-width="1.5"/>`;
          return whisker + dot;
        })
        .join('');
    case 'crosses':
      return layer.x
        .map(
          (value) => `<text x="${near(pen.x(value))}" y="${near(pen.bottom - 3)}" fill="${pen.color('bad')}" text-anchor="middle">×</text>`,
        )
        .join('');
    case 'span': {
      const [left, right] = [pen.x(layer.from), pen.x(layer.to)];
      const height = pen.bottom - pen.top;
      return `<rect x="${near(left)}" y="${pen.top}" width="${near(Math.max(2, right - left))}" height="${height}" fill="${pen.ink(layer.ink)}" opacity="0.16"/><path d="M${near(pen.x(layer.at))} ${pen.top}V${pen.bottom}" stroke="${pen.color('ink')}" stroke-dasharray="5 5"/>`;
    }
  }
}

function axesXml({ x, y }: Picture, pen: Pen, { left, right }: { readonly left: number; readonly right: number }): string {
  const ticks = ({ log, from, to }: PictureAxis, most: number): readonly number[] =>
    log ? logTicks(from, to, most) : linearTicks(from, to, most);
  const rows = ticks(y, 7).map((tick) => {
    const at = near(pen.y(tick));
    const label = `<text x="${left - 6}" y="${Number(at) + 4}" text-anchor="end" fill="${pen.color('soft')}" font-size="11">${escaped(y.format(tick))}</text>`;
    return `<path d="M${left} ${at}H${right}" stroke="${pen.color('line')}"/>${label}`;
  });
  const columns = ticks(x, 8).map(
    (tick) =>
      `<text x="${near(pen.x(tick))}" y="${pen.bottom + 16}" text-anchor="middle" fill="${pen.color('soft')}" font-size="11">${escaped(x.format(tick))}</text>`,
  );
  const name = `<text x="${right}" y="${pen.bottom + 32}" text-anchor="end" fill="${pen.color('soft')}" font-size="11">${escaped(x.label)}</text>`;
  return [...rows, ...columns, name, `<path d="M${left} ${pen.top}V${pen.bottom}H${right}" stroke="${pen.color('line')}"/>`].join('');
}

function labelsXml({ labels }: Picture, pen: Pen): string {
  const heights = apart(
    labels.map(({ y, place: where }) => (where === 'top' ? pen.top + 8 : pen.y(y) - (where === 'near' ? 10 : 0))),
    14,
    pen.top + 6,
    pen.bottom - 6,
  );
  return labels
    .map(({ text, x, ink }, at) => {
      const style = `fill="${pen.ink(ink)}" font-weight="600" stroke="${pen.color('card')}" stroke-width="3" paint-order="stroke"`;
      return `<text x="${near(pen.x(x) + 8)}" y="${near((heights[at] ?? 0) + 4)}" ${style}>${escaped(text)}</text>`;
    })
    .join('');
}

/** A picture of layers as an SVG file of this size. */
export function pictureSvg(
  picture: Picture,
  { width, height }: { readonly width: number; readonly height: number },
  color: SvgColors,
): string {
  const room = Math.max(14, ...picture.labels.map(({ text, place: where }) => (where === 'end' ? 7.6 * text.length + 22 : 14)));
  const [left, right, top, bottom] = [60, width - Math.min(0.4 * width, room), 14, height - 44];
  const pen: Pen = {
    x: place(picture.x, left, right),
    y: place(picture.y, bottom, top),
    top,
    bottom,
    color,
    ink: (ink) =>
      typeof ink === 'string' ? color(ink) : `rgb(${mixed(color('card'), color('ink'), ink.share).map(Math.round).join(' ')})`,
  };
  const body =
    axesXml(picture, pen, { left, right }) + picture.layers.map((layer) => layerXml(layer, pen)).join('') + labelsXml(picture, pen);
  return svgFile({ width, height, body, color });
}
