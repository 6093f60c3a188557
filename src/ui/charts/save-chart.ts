/** Hands a chart to the browser's downloads: as SVG, as PNG drawn from that, or its points as CSV. */
import { msg } from '@lit/localize';
import { download } from '../download.ts';
import { colorsOf } from './colors.ts';
import { curvesPicture } from './curves-picture.ts';
import type { Picture } from './layers.ts';
import { pointsCsv, pointsOfCurves, pointsOfPicture, type Points } from './points-csv.ts';
import { snapshotSvg } from './snapshot.ts';
import { fileSize, pictureSvg, titled, type SvgColors } from './svg-file.ts';

export type SaveFormat = 'png' | 'svg' | 'csv';

export interface SavedCard {
  readonly card: HTMLElement;
  readonly of: string;
  readonly heading: string;
  /** Of the file, without its ending. */
  readonly name: string;
  readonly picture: Picture | null;
  readonly make: ((color: SvgColors) => string) | null;
  readonly points: (() => Points | Promise<Points>) | null;
}

export const pngScale = 2;

/** @returns a PNG with twice the pixels that the SVG has CSS pixels */
export async function painted(svg: string): Promise<Blob> {
  const image = new Image();
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    image.src = url;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width * pngScale, image.height * pngScale);
    const context = canvas.getContext('2d');
    if (!context) throw new Error(msg('This browser has no canvas to paint the picture on.'));
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await canvas.convertToBlob({ type: 'image/png' });
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Curves over a shared x are drawn as a picture of layers, as large as all of those are. */
function svgOf({ card, of, heading, picture, make }: SavedCard): string {
  const color = colorsOf(card);
  if (make) return titled(make(color), heading);
  const curves = card.querySelector('line-chart');
  const layers = picture ?? (curves && of === '' ? curvesPicture(curves.curves, curves.xLabel, curves.logY) : null);
  return titled(layers ? pictureSvg(layers, fileSize, color) : snapshotSvg(partOf(card, of), color), heading);
}

function partOf(card: HTMLElement, of: string): Element {
  let found: Element = card;
  for (const selector of of === '' ? [] : of.split('/')) found = (found.shadowRoot ?? found).querySelector(selector.trim()) ?? found;
  return found;
}

async function pointsOf({ card, heading, picture, points }: SavedCard): Promise<Points> {
  if (points) return points();
  return picture ? pointsOfPicture(picture) : pointsIn(card, heading);
}

/** The points of what a card holds, where that is known. */
function pointsIn(card: HTMLElement, heading: string): Points {
  const curves = card.querySelector('line-chart');
  if (curves) return pointsOfCurves(curves.curves, curves.xLabel, heading);
  const scatter = card.querySelector('scatter-chart');
  if (scatter) return { head: ['y', 'ŷ'], rows: Array.from(scatter.x, (y, at) => [y, scatter.y[at] ?? null]) };
  const points = card.querySelector('boundary-chart')?.insight?.points;
  if (points)
    return { head: ['x₁', 'x₂', 'y'], rows: Array.from(points.y, (y, at) => [points.x[2 * at] ?? null, points.x[2 * at + 1] ?? null, y]) };
  const [head = [], ...rows] = [...(card.querySelector('table')?.rows ?? [])].map(({ cells }) =>
    [...cells].map((cell) => cell.textContent.trim()),
  );
  return { head, rows };
}

export async function saveCard(saved: SavedCard, format: SaveFormat): Promise<void> {
  const name = `${saved.name}.${format}`;
  if (format === 'csv') return download(new Blob([pointsCsv(await pointsOf(saved))], { type: 'text/csv' }), name);
  const svg = svgOf(saved);
  download(format === 'svg' ? new Blob([svg], { type: 'image/svg+xml' }) : await painted(svg), name);
}
