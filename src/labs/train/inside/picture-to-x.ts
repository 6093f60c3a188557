/**
 * `<picture-to-x>`: a picture as matrices, unrolled into the column x, and many such columns beside each other as X with Y
 * below. Holds what is pointed at; drawing is its views'.
 */
import { LitElement, html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import '../../../ui/charts/save-menu.ts';
import { pixelOf } from '../../../session/inside/neuron.ts';
import type { InsidePicture } from '../../../session/inside/protocol.ts';
import type { Picture } from '../../../session/protocol.ts';
import '../../../ui/charts/picture-canvas.ts';
import type { ValueEvent } from '../../../ui/events.ts';
import { integer, significant } from '../../../ui/format.ts';
import { base, button, card } from '../../../ui/styles.ts';
import './channel-view.ts';
import type { ChannelView } from './channel-view.ts';
import './columns-view.ts';
import type { Place } from './columns-view.ts';
import { pictureToXStyles } from './picture-to-x-styles.ts';
import { wholePicture } from './rasters.ts';
import { channelNames, countWords, entryWords, labelOf, pixelWords, scalingWords, xAt } from './words.ts';

/** Of the whole unrolling; rows go slowly at first, so that one sees what happens to them. */
const unrollMs = 5000;

@customElement('picture-to-x')
export class PictureToX extends LitElement {
  static override styles = [base, card, button, pictureToXStyles];

  @property({ attribute: false }) picture: InsidePicture | null = null;
  @property({ attribute: false }) classNames: readonly string[] = [];
  @state() protected cursor: number | null = null;
  @state() protected place: Place = { column: 0, row: 0 };
  /** See `ChannelScene.rows`. */
  @state() protected rows: number | null = null;
  @query('channel-view') protected readonly channels?: ChannelView | null;
  #frame = 0;
  #example: { readonly of: Uint8Array; readonly column: number; readonly picture: Picture } | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#rest();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('picture')) this.#rest();
  }

  override render(): TemplateResult {
    const { picture } = this;
    return html`<section class="card" aria-labelledby="title" data-testid="picture-to-x">
      <save-menu name="downhill-picture-to-x"></save-menu>
      <h2 id="title">${msg('From picture to x')}</h2>
      ${picture ? html`${this.#matrices(picture)} ${this.#unrolled(picture)} ${this.#columns(picture)}` : html`<p class="quiet">${msg('The picture is on its way …')}</p>`}
    </section>`;
  }

  #matrices(picture: InsidePicture): TemplateResult {
    const { image } = picture;
    const names = channelNames(image);
    const what = msg(str`Matrices of ${image.height} × ${image.width} values from 0 to 255: ${names.join(', ')}.`);
    return html`<div class="channels ${image.channels === 1 ? 'grey' : ''}">
        <channel-view
          .picture=${picture}
          .cursor=${this.cursor}
          .rows=${this.rows}
          .summary=${what}
          @value-change=${({ value }: ValueEvent<number>) => this.#point(value)}
        ></channel-view>
      </div>
      <div class="tools">
        <button class="btn small" aria-label=${msg('Zoom in')} @click=${() => this.channels?.zoom(1)}>+</button>
        <button class="btn small" aria-label=${msg('Zoom out')} @click=${() => this.channels?.zoom(-1)}>−</button>
        <button class="btn small" @click=${() => this.channels?.zoom(0)}>${msg('Whole picture')}</button>
        <button class="btn small" data-testid="read-values" @click=${() => this.channels?.readValues()}>${msg('Values')}</button>
        <button class="btn small unroll" data-testid="unroll" @click=${this.#unroll}>
          ${this.rows === null ? msg('Unroll into x') : msg('To the end')}
        </button>
      </div>
      <p class="quiet told" aria-live="polite" data-testid="pixel">
        ${this.cursor === null ? msg('Point at a pixel, or zoom in until its values can be read.') : pixelWords(picture, this.cursor)}
      </p>`;
  }

  #unrolled(picture: InsidePicture): TemplateResult {
    const { image } = picture;
    const { rows } = this;
    const done = rows === null ? image.height : Math.floor(rows);
    const count = countWords({ ...image, height: done });
    const order =
      image.channels === 1
        ? msg('Row by row, each pixel is one entry of x.')
        : msg(
            'Row by row, each pixel gives three entries of x: its red, its green, its blue. Any order would do, as long as it is the same for every picture.',
          );
    return html`<p class="count" data-testid="count">
        <b>${rows === null ? html`n<sub>x</sub> = ${count}` : msg(str`${count} entries so far`)}</b>
      </p>
      <p class="quiet">${order} ${scalingWords(picture)}</p>`;
  }

  #columns(picture: InsidePicture): TemplateResult {
    const { raw, m, columnY, columns, image } = picture;
    const { column, row } = this.place;
    const byte = columns[column * raw.length + row] ?? 0;
    const y = columnY[column] ?? 0;
    const name = labelOf(y, this.classNames);
    const shown = integer(columnY.length);
    const shape = msg(str`X is (${integer(raw.length)}, ${integer(m)}): one column a training example. Y is (1, ${integer(m)}).`);
    return html`<h3>${msg('Many columns are X')}</h3>
      <div class="many">
        <div class="left">
          <columns-view
            .picture=${picture}
            .place=${this.place}
            .summary=${msg(str`The first ${shown} columns of X, and Y below them.`)}
            @value-change=${this.#choose}
          ></columns-view>
        </div>
        <div class="example">
          <div class="marked">
            <picture-canvas
              .picture=${this.#exampleOf(picture, column)}
              label=${msg(str`Training example ${column + 1}: ${name}`)}
            ></picture-canvas>
            ${this.#marker(row, picture)}
          </div>
        </div>
      </div>
      <p class="quiet told" aria-live="polite" data-testid="place">
        ${msg(str`Column ${column + 1}: ${name}, y = ${y}. Row, ${entryWords(row, image)}: ${byte}, x = ${significant(xAt(picture, row, byte))}.`)}
      </p>
      <p class="quiet" data-testid="shapes">${shape} ${msg(str`The first ${shown} are drawn, one line a pixel.`)}</p>`;
  }

  /** Made once, since a picture that is another one is drawn again. */
  #exampleOf({ columns, raw, image }: InsidePicture, column: number): Picture {
    if (this.#example?.of !== columns || this.#example.column !== column) {
      this.#example = { of: columns, column, picture: wholePicture(columns, column * raw.length, image, '') };
    }
    return this.#example.picture;
  }

  /** The pixel that the row is, on the picture of the column. */
  #marker(row: number, { image }: InsidePicture): TemplateResult {
    const at = pixelOf(row, image);
    return html`<svg viewBox="0 0 ${image.width} ${image.height}" preserveAspectRatio="none" aria-hidden="true">
      <rect class="under" x=${at.column - 1.5} y=${at.row - 1.5} width="4" height="4" />
      <rect x=${at.column - 1.5} y=${at.row - 1.5} width="4" height="4" />
    </svg>`;
  }

  #point(k: number): void {
    this.cursor = k;
    this.place = { ...this.place, row: k };
  }

  #choose({ value }: ValueEvent<Place>): void {
    this.place = value;
    this.cursor = value.row;
  }

  /** Once more from the start; at once at its end where movement is not wanted, or while it runs. */
  #unroll(): void {
    if (this.rows !== null || matchMedia('(prefers-reduced-motion: reduce)').matches) return this.#rest();
    const height = this.picture?.image.height ?? 0;
    const beganMs = performance.now();
    const advance = (nowMs: number): void => {
      const share = Math.max(0, nowMs - beganMs) / unrollMs;
      if (share >= 1) return this.#rest();
      this.rows = height * share ** 2.2;
      this.#frame = requestAnimationFrame(advance);
    };
    this.rows = 0;
    this.#frame = requestAnimationFrame(advance);
  }

  #rest(): void {
    cancelAnimationFrame(this.#frame);
    this.rows = null;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'picture-to-x': PictureToX;
  }
}
