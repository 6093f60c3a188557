/**
 * `<channel-view>`: the channels of a picture as matrices, and the column x beside them. Wheel, pinch and keys zoom, drag and
 * keys move; close enough, cells show their values. Emits `value-change` with the entry of x that is pointed at.
 */
import { css, html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import { entryOf, pixelOf } from '../../../session/inside/neuron.ts';
import type { InsidePicture } from '../../../session/inside/protocol.ts';
import { colorsOf } from '../../../ui/charts/colors.ts';
import { PaintedCanvas, type Painter } from '../../../ui/charts/painted-canvas.ts';
import { ValueEvent } from '../../../ui/events.ts';
import { held, hitAt, placesOn, revealing, wholeView, zoomed, type Places, type View } from './channel-geometry.ts';
import { paintChannels } from './channel-painter.ts';
import { channelRaster, movedEntry, stripRaster } from './rasters.ts';
import { channelNames } from './words.ts';

/** One press of a button or a key. */
const zoomStep = 0.6;
/** Cells in sight after one press of `values`: their numbers can be read. */
const readableCells = 8;

interface Touch {
  readonly x: number;
  readonly y: number;
}

@customElement('channel-view')
export class ChannelView extends PaintedCanvas {
  static override styles = [
    ...PaintedCanvas.styles,
    css`
      .over {
        position: absolute;
        inset: 0;
        cursor: crosshair;
        touch-action: pan-y;
      }
      .over.close {
        touch-action: none;
      }
    `,
  ];

  @property({ attribute: false }) picture: InsidePicture | null = null;
  @property({ attribute: false }) cursor: number | null = null;
  /** See `ChannelScene.rows`. */
  @property({ attribute: false }) rows: number | null = null;
  @state() protected view: View | null = null;
  #rasters: { readonly of: InsidePicture; readonly channels: readonly OffscreenCanvas[]; readonly strip: OffscreenCanvas } | null = null;
  readonly #touches = new Map<number, Touch>();

  /** Not the whole picture is in sight. */
  get isClose(): boolean {
    return this.view !== null && this.picture !== null && this.view.cells < wholeView(this.picture.image).cells;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { picture } = this;
    if (!picture || !changed.has('picture')) return;
    const before = changed.get('picture');
    if (!this.view || before?.image.width !== picture.image.width) this.view = wholeView(picture.image);
  }

  override render(): TemplateResult {
    const name = msg(str`${this.summary} Arrow keys move from pixel to pixel, plus and minus zoom, 0 shows the whole picture.`);
    return html`<canvas role="img" aria-label=${this.summary}></canvas>
      <div
        class="over ${this.isClose ? 'close' : ''}"
        tabindex="0"
        role="application"
        aria-label=${name}
        data-testid="channels"
        @keydown=${this.#key}
        @wheel=${this.#wheel}
        @pointerdown=${this.#down}
        @pointermove=${this.#move}
        @pointerup=${this.#up}
        @pointercancel=${this.#up}
      ></div>`;
  }

  override paint(context: Painter, width: number): void {
    const { picture, view, cursor, rows } = this;
    if (!picture || !view) return;
    if (this.#rasters?.of !== picture) {
      const { raw, image } = picture;
      const channels = Array.from({ length: image.channels }, (_, channel) => channelRaster(raw, image, channel));
      this.#rasters = { of: picture, channels, strip: stripRaster(raw, 0, image) };
    }
    const places = placesOn(width, picture.image.channels);
    const shown = rows === null ? view : wholeView(picture.image);
    const { channels: rasters, strip } = this.#rasters;
    paintChannels(
      context,
      { picture, places, view: shown, names: channelNames(picture.image), rasters, strip, cursor, rows },
      colorsOf(this),
    );
  }

  get #places(): Places {
    return placesOn(this.clientWidth, this.picture?.image.channels ?? 3);
  }

  /** @param direction 1: closer, −1: further, 0: the whole */
  zoom(direction: number): void {
    const { picture, view } = this;
    if (!picture || !view) return;
    if (direction === 0) {
      this.view = wholeView(picture.image);
      return;
    }
    const centre = { column: view.column + view.cells / 2, row: view.row + view.cells / 2 };
    const at = this.cursor === null ? centre : pixelOf(this.cursor, picture.image);
    this.view = zoomed(view, direction > 0 ? zoomStep : 1 / zoomStep, at, picture.image);
    if (this.cursor !== null && direction > 0) this.view = revealing(this.view, at, picture.image);
  }

  /** Close enough to read, around what is pointed at, or the middle. */
  readValues(): void {
    const { picture } = this;
    if (!picture) return;
    const { width, height } = picture.image;
    const { row, column } = this.cursor === null ? { row: height / 2, column: width / 2 } : pixelOf(this.cursor, picture.image);
    this.view = held({ column: column - readableCells / 2, row: row - readableCells / 2, cells: readableCells }, picture.image);
  }

  #point(k: number): void {
    if (k !== this.cursor) this.dispatchEvent(new ValueEvent(k));
  }

  #key(event: KeyboardEvent): void {
    const { picture, view } = this;
    if (!picture || !view || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.shiftKey ? 8 : 1;
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [-step, 0],
      ArrowRight: [step, 0],
      ArrowUp: [0, -step],
      ArrowDown: [0, step],
      Home: [-picture.image.width, -picture.image.height],
      End: [picture.image.width, picture.image.height],
    };
    const zooms: Readonly<Record<string, number>> = { '+': 1, '=': 1, '-': -1, '0': 0 };
    const move = moves[event.key];
    const zoom = zooms[event.key];
    if (!move && zoom === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (zoom !== undefined) return this.zoom(zoom);
    const [columns, rows] = move ?? [0, 0];
    const k = this.cursor === null ? 0 : movedEntry(this.cursor, columns, rows, picture.image);
    this.view = revealing(view, pixelOf(k, picture.image), picture.image);
    this.#point(k);
  }

  #wheel(event: WheelEvent): void {
    const { picture, view } = this;
    if (!picture || !view) return;
    const hit = hitAt(event.offsetX, event.offsetY, this.#places, view);
    if (!hit) return;
    event.preventDefault();
    this.view = zoomed(view, Math.exp(Math.max(-1, Math.min(1, event.deltaY / 240))), hit, picture.image);
  }

  #down(event: PointerEvent): void {
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.#touches.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
    this.#aim(event);
  }

  #up(event: PointerEvent): void {
    this.#touches.delete(event.pointerId);
  }

  #move(event: PointerEvent): void {
    const before = this.#touches.get(event.pointerId);
    const now = { x: event.offsetX, y: event.offsetY };
    if (!before) return this.#aim(event);
    const other = [...this.#touches].find(([id]) => id !== event.pointerId)?.[1];
    this.#touches.set(event.pointerId, now);
    if (other) this.#pinch(before, now, other);
    else if (this.isClose) this.#pan(before, now);
    else this.#aim(event);
  }

  #aim(event: PointerEvent): void {
    const { picture, view } = this;
    if (!picture || !view) return;
    const hit = hitAt(event.offsetX, event.offsetY, this.#places, view);
    const [column, row] = [Math.floor(hit?.column ?? -1), Math.floor(hit?.row ?? -1)];
    if (!hit || column < 0 || row < 0 || column >= picture.image.width || row >= picture.image.height) return;
    this.#point(entryOf({ row, column, channel: hit.channel }, picture.image));
  }

  #pan(before: Touch, now: Touch): void {
    const { picture, view } = this;
    const side = this.#places.squares[0]?.side;
    if (!picture || !view || !side) return;
    const scale = view.cells / side;
    const moved = { column: view.column - (now.x - before.x) * scale, row: view.row - (now.y - before.y) * scale };
    this.view = held({ ...view, ...moved }, picture.image);
  }

  #pinch(before: Touch, now: Touch, other: Touch): void {
    const { picture, view } = this;
    if (!picture || !view) return;
    const apart = (one: Touch): number => Math.max(1, Math.hypot(one.x - other.x, one.y - other.y));
    const hit = hitAt((now.x + other.x) / 2, (now.y + other.y) / 2, this.#places, view);
    if (hit) this.view = zoomed(view, apart(before) / apart(now), hit, picture.image);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'channel-view': ChannelView;
  }
}
