/**
 * `<columns-view>`: the first training examples as columns of X, one line a pixel, with y below each. Pointer and arrow keys
 * choose a column and a row. Emits `value-change` with both.
 */
import { css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import type { InsidePicture } from '../../../session/inside/protocol.ts';
import { chartFont, colorsOf, type ColorName } from '../../../ui/charts/colors.ts';
import { PaintedCanvas, type Painter } from '../../../ui/charts/painted-canvas.ts';
import { ValueEvent } from '../../../ui/events.ts';
import { stripRaster } from './rasters.ts';

/** One entry of X. */
export interface Place {
  /** Training example, from 0 on. */
  readonly column: number;
  /** Entry of x, from 0 on. */
  readonly row: number;
}

const room = { top: 18, bottom: 22, right: 26 } as const;

@customElement('columns-view')
export class ColumnsView extends PaintedCanvas {
  static override styles = [
    ...PaintedCanvas.styles,
    css`
      .over {
        position: absolute;
        inset: 0;
        cursor: crosshair;
        touch-action: pan-y;
      }
    `,
  ];

  @property({ attribute: false }) picture: InsidePicture | null = null;
  @property({ attribute: false }) place: Place = { column: 0, row: 0 };
  #strips: { readonly of: Uint8Array; readonly rasters: readonly OffscreenCanvas[] } | null = null;

  override render(): TemplateResult {
    return html`<canvas role="img" aria-label=${this.summary}></canvas>
      <div
        class="over"
        tabindex="0"
        role="application"
        aria-label=${msg(str`${this.summary} Arrow keys choose a column and a row; with Shift, page keys, Home and End further.`)}
        data-testid="columns"
        @keydown=${this.#key}
        @pointerdown=${this.#aim}
        @pointermove=${this.#aim}
      ></div>`;
  }

  get #count(): number {
    return this.picture?.columnY.length ?? 0;
  }

  get #entries(): number {
    return this.picture?.raw.length ?? 0;
  }

  override paint(context: Painter, width: number, height: number): void {
    const { picture } = this;
    if (!picture) return;
    if (this.#strips?.of !== picture.columns) {
      const { columns, image } = picture;
      const rasters = Array.from({ length: this.#count }, (_, column) => stripRaster(columns, column * this.#entries, image));
      this.#strips = { of: columns, rasters };
    }
    const color = colorsOf(this);
    const pitch = (width - room.right) / this.#count;
    const bodyHeight = height - room.top - room.bottom;
    context.imageSmoothingEnabled = false;
    context.font = `11px ${chartFont}`;
    context.textAlign = 'center';
    for (const [column, strip] of this.#strips.rasters.entries()) {
      const x = column * pitch;
      context.drawImage(strip, x + 1, room.top, Math.max(1, pitch - 2), bodyHeight);
      this.#labels(context, column, x + pitch / 2, height, color);
    }
    context.fillStyle = color('soft');
    context.fillText('…', width - room.right / 2, room.top + bodyHeight / 2);
    context.fillText('…', width - room.right / 2, height - 6);
    this.#mark(context, pitch, width - room.right, bodyHeight, color);
  }

  #labels(context: Painter, column: number, x: number, height: number, color: (name: ColorName) => string): void {
    const isChosen = column === this.place.column;
    context.fillStyle = color(isChosen ? 'ink' : 'soft');
    if (isChosen || (column + 1) % 4 === 0 || column === 0) {
      const isBeside = !isChosen && Math.abs(column - this.place.column) === 1;
      if (!isBeside) context.fillText(String(column + 1), x, 12);
    }
    context.fillText(String(this.picture?.columnY[column] ?? ''), x, height - 6);
  }

  /** A frame around the column, and a line along the row. */
  #mark(context: Painter, pitch: number, width: number, height: number, color: (name: ColorName) => string): void {
    const { column, row } = this.place;
    const y = room.top + ((row + 0.5) / this.#entries) * height;
    for (const [name, thickness] of [
      ['card', 4],
      ['ink', 1.5],
    ] as const) {
      context.strokeStyle = color(name);
      context.lineWidth = thickness;
      context.strokeRect(column * pitch, room.top, pitch, height);
      context.beginPath();
      context.moveTo(0, y);
      context.lineTo(width, y);
      context.stroke();
    }
  }

  #choose(column: number, row: number): void {
    const place = {
      column: Math.min(this.#count - 1, Math.max(0, column)),
      row: Math.min(this.#entries - 1, Math.max(0, row)),
    };
    if (place.column !== this.place.column || place.row !== this.place.row) this.dispatchEvent(new ValueEvent(place));
  }

  #aim(event: PointerEvent): void {
    const column = Math.floor((event.offsetX / (this.clientWidth - room.right)) * this.#count);
    const bodyHeight = this.clientHeight - room.top - room.bottom;
    const row = Math.floor(((event.offsetY - room.top) / bodyHeight) * this.#entries);
    if (column < this.#count) this.#choose(column, row);
  }

  #key(event: KeyboardEvent): void {
    const { picture, place } = this;
    if (!picture || event.ctrlKey || event.metaKey || event.altKey) return;
    const { width, channels } = picture.image;
    const far = event.shiftKey ? width * channels : 1;
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, -far],
      ArrowDown: [0, far],
      PageUp: [0, -width * channels],
      PageDown: [0, width * channels],
      Home: [0, -this.#entries],
      End: [0, this.#entries],
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    this.#choose(place.column + move[0], place.row + move[1]);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'columns-view': ColumnsView;
  }
}
