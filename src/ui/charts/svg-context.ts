/**
 * Records what is painted on a canvas as SVG: the part of canvas 2-D that the charts here paint with, in CSS pixels. It puts
 * no pixel anywhere.
 */
import type { Painter } from './painted-canvas.ts';
import { escaped } from './svg-file.ts';

/** Coordinates to a hundredth of a pixel: more only makes files large. */
const near = (value: number): string => String(Number(value.toFixed(2)));

interface Style {
  fillStyle: string | CanvasGradient | CanvasPattern;
  strokeStyle: string | CanvasGradient | CanvasPattern;
  lineWidth: number;
  lineCap: CanvasLineCap;
  lineJoin: CanvasLineJoin;
  globalAlpha: number;
  font: string;
  textAlign: CanvasTextAlign;
  textBaseline: CanvasTextBaseline;
  dash: readonly number[];
  /** Clips that are open, to be closed again. */
  clips: number;
}

const plainStyle: Style = {
  fillStyle: '#000000',
  strokeStyle: '#000000',
  lineWidth: 1,
  lineCap: 'butt',
  lineJoin: 'miter',
  globalAlpha: 1,
  font: '10px sans-serif',
  textAlign: 'start',
  textBaseline: 'alphabetic',
  dash: [],
  clips: 0,
};

const anchors: Readonly<Record<CanvasTextAlign, string>> = { left: 'start', start: 'start', center: 'middle', right: 'end', end: 'end' };

/** A canvas font, as attributes. Its size is in px. */
export function fontAttributes(font: string): string {
  const [, before = '', size = '10', family = 'sans-serif'] = /^(.*?)([\d.]+)px(?:\/\S+)?\s+(.*)$/.exec(font) ?? [];
  const weight = /\b(\d{3}|bold)\b/.exec(before)?.[1];
  return `font-family="${escaped(family)}" font-size="${size}"${weight === undefined ? '' : ` font-weight="${weight}"`}`;
}

export class SvgContext implements Painter {
  /** Belongs to the ids of this recording, so that several stand in one file. */
  readonly #prefix: string;
  #style: Style = { ...plainStyle };
  readonly #stack: Style[] = [];
  #path = '';
  #clipCount = 0;
  #xml = '';
  imageSmoothingEnabled = true;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** All that was painted, as elements. */
  get xml(): string {
    return this.#xml + '</g>'.repeat(this.#style.clips);
  }

  get fillStyle(): Style['fillStyle'] {
    return this.#style.fillStyle;
  }
  set fillStyle(value: Style['fillStyle']) {
    this.#style.fillStyle = value;
  }
  get strokeStyle(): Style['strokeStyle'] {
    return this.#style.strokeStyle;
  }
  set strokeStyle(value: Style['strokeStyle']) {
    this.#style.strokeStyle = value;
  }
  get lineWidth(): number {
    return this.#style.lineWidth;
  }
  set lineWidth(value: number) {
    this.#style.lineWidth = value;
  }
  get lineCap(): CanvasLineCap {
    return this.#style.lineCap;
  }
  set lineCap(value: CanvasLineCap) {
    this.#style.lineCap = value;
  }
  get lineJoin(): CanvasLineJoin {
    return this.#style.lineJoin;
  }
  set lineJoin(value: CanvasLineJoin) {
    this.#style.lineJoin = value;
  }
  get globalAlpha(): number {
    return this.#style.globalAlpha;
  }
  set globalAlpha(value: number) {
    this.#style.globalAlpha = value;
  }
  get font(): string {
    return this.#style.font;
  }
  set font(value: string) {
    this.#style.font = value;
  }
  get textAlign(): CanvasTextAlign {
    return this.#style.textAlign;
  }
  set textAlign(value: CanvasTextAlign) {
    this.#style.textAlign = value;
  }
  get textBaseline(): CanvasTextBaseline {
    return this.#style.textBaseline;
  }
  set textBaseline(value: CanvasTextBaseline) {
    this.#style.textBaseline = value;
  }

  setLineDash(dash: Iterable<number>): void {
    this.#style.dash = [...dash];
  }

  save(): void {
    this.#stack.push({ ...this.#style });
  }

  restore(): void {
    const before = this.#stack.pop();
    if (!before) return;
    this.#xml += '</g>'.repeat(this.#style.clips - before.clips);
    this.#style = before;
  }

  beginPath(): void {
    this.#path = '';
  }

  moveTo(x: number, y: number): void {
    this.#path += `M${near(x)} ${near(y)}`;
  }

  /** As on a canvas, the first line of a path begins where it ends. */
  lineTo(x: number, y: number): void {
    this.#path += `${this.#path === '' ? 'M' : 'L'}${near(x)} ${near(y)}`;
  }

  closePath(): void {
    this.#path += 'Z';
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.#path += `M${near(x)} ${near(y)}h${near(width)}v${near(height)}h${near(-width)}Z`;
  }

  arc(x: number, y: number, radius: number, from: number, to: number): void {
    const [startX, startY] = [x + radius * Math.cos(from), y + radius * Math.sin(from)];
    this.#path += `${this.#path === '' ? 'M' : 'L'}${near(startX)} ${near(startY)}`;
    // two halves: an arc from a point to itself would be none
    for (const angle of [(from + to) / 2, to]) {
      const large = Math.abs(to - from) / 2 > Math.PI ? 1 : 0;
      const end = `${near(x + radius * Math.cos(angle))} ${near(y + radius * Math.sin(angle))}`;
      this.#path += `A${near(radius)} ${near(radius)} 0 ${large} ${to > from ? 1 : 0} ${end}`;
    }
  }

  fill(): void {
    if (this.#path !== '') this.#xml += `<path d="${this.#path}" fill="${this.#paintOf(this.#style.fillStyle)}"${this.#alpha()}/>`;
  }

  stroke(): void {
    if (this.#path !== '') this.#xml += `<path d="${this.#path}" fill="none" ${this.#strokeAttributes()}${this.#alpha()}/>`;
  }

  clip(): void {
    const id = `${this.#prefix}${this.#clipCount++}`;
    this.#xml += `<clipPath id="${id}"><path d="${this.#path}"/></clipPath><g clip-path="url(#${id})">`;
    this.#style.clips++;
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    const place = `x="${near(x)}" y="${near(y)}" width="${near(width)}" height="${near(height)}"`;
    this.#xml += `<rect ${place} fill="${this.#paintOf(this.#style.fillStyle)}"${this.#alpha()}/>`;
  }

  strokeRect(x: number, y: number, width: number, height: number): void {
    const place = `x="${near(x)}" y="${near(y)}" width="${near(width)}" height="${near(height)}"`;
    this.#xml += `<rect ${place} fill="none" ${this.#strokeAttributes()}${this.#alpha()}/>`;
  }

  fillText(text: string, x: number, y: number): void {
    this.#text(text, x, y, `fill="${this.#paintOf(this.#style.fillStyle)}"`);
  }

  strokeText(text: string, x: number, y: number): void {
    this.#text(text, x, y, `fill="none" ${this.#strokeAttributes()}`);
  }

  /** A small canvas, brought to this size: as a picture of its pixels. */
  drawImage(image: CanvasImageSource, x: number, y: number, width?: number, height?: number): void {
    if (!(image instanceof OffscreenCanvas || image instanceof HTMLCanvasElement)) return;
    const size = { width: width ?? image.width, height: height ?? image.height };
    this.#xml += pictureXml(image, { x, y, ...size }, !this.imageSmoothingEnabled);
  }

  #text(text: string, x: number, y: number, paint: string): void {
    const { font, textAlign, textBaseline } = this.#style;
    // not every reader of SVG knows about baselines
    const size = Number(/([\d.]+)px/.exec(font)?.[1] ?? 10);
    const shift = textBaseline === 'middle' ? 0.35 * size : 0;
    this.#xml += `<text x="${near(x)}" y="${near(y + shift)}" text-anchor="${anchors[textAlign]}" ${fontAttributes(font)} ${paint}${this.#alpha()}>${escaped(text)}</text>`;
  }

  #strokeAttributes(): string {
    const { strokeStyle, lineWidth, lineCap, lineJoin, dash } = this.#style;
    const cap = lineCap === 'butt' ? '' : ` stroke-linecap="${lineCap}"`;
    const join = lineJoin === 'miter' ? '' : ` stroke-linejoin="${lineJoin}"`;
    const dashes = dash.length === 0 ? '' : ` stroke-dasharray="${dash.map(near).join(' ')}"`;
    return `stroke="${this.#paintOf(strokeStyle)}" stroke-width="${near(lineWidth)}"${cap}${join}${dashes}`;
  }

  #alpha(): string {
    return this.#style.globalAlpha === 1 ? '' : ` opacity="${near(this.#style.globalAlpha)}"`;
  }

  #paintOf(paint: Style['fillStyle']): string {
    return typeof paint === 'string' ? escaped(paint) : 'none';
  }
}

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The pixels of a canvas as an element of an SVG. @param sharp pixels stay squares when they are enlarged */
export function pictureXml(canvas: HTMLCanvasElement | OffscreenCanvas, { x, y, width, height }: Place, sharp: boolean): string {
  if (canvas.width === 0 || canvas.height === 0) return '';
  let source = canvas;
  if (!(source instanceof HTMLCanvasElement)) {
    const copy = document.createElement('canvas');
    [copy.width, copy.height] = [source.width, source.height];
    copy.getContext('2d')?.drawImage(source, 0, 0);
    source = copy;
  }
  const look = sharp ? ' style="image-rendering:pixelated" image-rendering="optimizeSpeed"' : '';
  return `<image x="${near(x)}" y="${near(y)}" width="${near(width)}" height="${near(height)}" preserveAspectRatio="none"${look} href="${source.toDataURL('image/png')}"/>`;
}
