/**
 * `<surface-picture>`: the canvas that the worker draws on, with names, scales and a place for focus on each panel. A map
 * moves the start, a surface turns; both by pointer and arrow keys. Emits `loss-wish`.
 */
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { styleMap } from 'lit/directives/style-map.js';
import { msg, str } from '@lit/localize';
import { mapRoom, panelsOf, type PanelPlace } from '../../session/loss/layout.ts';
import type { Landscape } from '../../session/loss/protocol.ts';
import { defaultLoss, lossRanges, shownCosts, type LossSettings } from '../../session/loss/settings.ts';
import { roundTicks } from '../../ui/charts/plane.ts';
import { plain } from '../../ui/format.ts';
import { base } from '../../ui/styles.ts';
import { themeEvent } from '../../ui/theme.ts';
import type { CostPath } from './loss-session.ts';
import { changeEvent, LossWishEvent } from './loss-wish.ts';
import { axisLabels, dragOf, frameColors, keyPatch, type Drag } from './picture-geometry.ts';
import { costName, short } from './sentences.ts';
import { surfacePictureStyles } from './surface-picture-styles.ts';

/** CSS pixels from which on there is room for both texts below a map. */
const wideMap = 290;

@customElement('surface-picture')
export class SurfacePicture extends LitElement {
  static override styles = [base, surfacePictureStyles];

  @property({ attribute: false }) settings: LossSettings = defaultLoss;
  @property({ attribute: false }) paths: readonly CostPath[] = [];
  @property({ attribute: false }) landscapes: readonly Landscape[] = [];
  /** Another number asks for another canvas. */
  @property({ type: Number }) canvasNumber = 0;
  @state() protected size = { width: 0, height: 0 };
  @state() protected said = '';
  @query('canvas') protected readonly canvas?: HTMLCanvasElement | null;
  #given = -1;
  #drag: Drag | null = null;
  /** A key moves something and is still down. */
  #keyed = false;
  readonly #tellFrame = (): void => this.#frame();
  readonly #observer = new ResizeObserver(this.#tellFrame);

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer.observe(this);
    document.addEventListener(themeEvent, this.#tellFrame);
    // a canvas that was handed over once cannot be handed over again
    this.#given = -1;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
    document.removeEventListener(themeEvent, this.#tellFrame);
  }

  protected override updated(_changed: PropertyValues<this>): void {
    if (!this.canvas || this.#given === this.canvasNumber || this.canvasNumber === 0) return;
    this.#given = this.canvasNumber;
    this.dispatchEvent(new LossWishEvent({ kind: 'canvas', canvas: this.canvas }));
    this.#frame();
  }

  override render(): TemplateResult {
    const { settings, size } = this;
    const places = panelsOf(size.width, size.height, shownCosts(settings.cost), settings.view);
    const isEmpty = settings.points.length === 0;
    return html`${keyed(this.canvasNumber, html`<canvas class=${isEmpty ? 'empty' : ''} role="img" aria-label=${this.#summary()}></canvas>`)}
      ${isEmpty ? html`<p class="nothing">${msg('No points, no J. Add a point, or choose a set of points.')}</p>` : nothing}
      ${size.width > 0 && !isEmpty ? places.map((place) => this.#panel(place)) : nothing}
      <p class="hidden-text" aria-live="polite" data-testid="said">${this.said}</p>`;
  }

  #panel(place: PanelPlace): TemplateResult {
    const { settings } = this;
    const { x, y, width, height, cost, kind } = place;
    const isMap = kind === 'contours';
    const landscape = this.landscapes.find((one) => one.cost === cost);
    const name = isMap
      ? msg(
          str`Map of ${costName(cost)}: start at w = ${short(settings.w)}, b = ${short(settings.b)}. Arrow keys move it, with Shift further.`,
        )
      : msg(
          str`Surface of ${costName(cost)}, turned by ${Math.round(settings.turn)}°, seen from ${Math.round(settings.tilt)}° above. Arrow keys turn it.`,
        );
    return html`<div
        class="panel ${kind}"
        style=${styleMap({ left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` })}
        tabindex="0"
        role="application"
        aria-label=${name}
        data-testid="${kind}-${cost}"
        @keydown=${(event: KeyboardEvent) => this.#key(event, kind)}
        @keyup=${this.#keyUp}
        @blur=${this.#keyUp}
        @pointerdown=${(event: PointerEvent) => this.#down(event, place)}
        @pointermove=${this.#move}
        @pointerup=${this.#up}
        @pointercancel=${this.#up}
      ></div>
      ${isMap ? this.#scales(place, landscape) : this.#axes(place, landscape)}
      ${
        place.isNamed
          ? html`<b class="name" style=${styleMap({ left: `${isMap ? x - mapRoom.left : x}px`, top: `${y - 22}px` })}>${costName(cost)}</b>`
          : nothing
      }`;
  }

  #levels({ levels }: Landscape): string {
    const [low, high] = [levels[0], levels.at(-1)];
    return low === undefined || high === undefined ? '' : msg(str`contours: J = ${short(low)} … ${short(high)}`);
  }

  /** w below and b beside a map, and where its contours lie. */
  #scales({ x, y, width, height }: PanelPlace, landscape: Landscape | undefined): TemplateResult {
    const { span } = this.settings;
    const ticks = roundTicks(-span, span);
    const share = (value: number): number => (value + span) / (2 * span);
    return html`<div class="ticks" aria-hidden="true">
      ${ticks.map((w) => html`<span class="below" style=${styleMap({ left: `${x + share(w) * width}px`, top: `${y + height + 3}px` })}>${plain(w)}</span>`)}
      ${ticks.map((b) => html`<span class="beside" style=${styleMap({ left: `${x - 5}px`, top: `${y + (1 - share(b)) * height}px` })}>${plain(b)}</span>`)}
      ${width < wideMap ? nothing : html`<span class="axis" style=${styleMap({ left: `${x}px`, top: `${y + height + 17}px` })}>${msg('w to the right, b upwards')}</span>`}
      <span class="from-right" style=${styleMap({ left: `${x + width}px`, top: `${y + height + 17}px` })}>
        ${landscape ? this.#levels(landscape) : nothing}
      </span>
    </div>`;
  }

  /** Names at the edges of the box in space. */
  #axes(place: PanelPlace, landscape: Landscape | undefined): TemplateResult | typeof nothing {
    if (!landscape) return nothing;
    return html`<div class="ticks" aria-hidden="true">
      ${axisLabels(place, this.settings, landscape).map(
        ({ text, x, y }) =>
          html`<span class="there" style=${styleMap({ left: `${place.x + x}px`, top: `${place.y + y}px` })}>${text}</span>`,
      )}
    </div>`;
  }

  #summary(): string {
    if (this.settings.points.length === 0) return msg('Nothing is drawn: there are no points.');
    const parts = this.paths.map(({ cost, steps }) => {
      const [first, last] = [steps[0], steps.at(-1)];
      const landscape = this.landscapes.find((one) => one.cost === cost);
      const valleys =
        landscape?.minima.map(({ w, b, cost: j }) => `J = ${short(j)} at w = ${short(w)}, b = ${short(b)}`).join('; ') || msg('none');
      return msg(
        str`${costName(cost)}: minima: ${valleys}. The path goes from w = ${short(first?.w ?? 0)}, b = ${short(first?.b ?? 0)}, J = ${short(first?.cost ?? 0)} in ${steps.length - 1} steps to w = ${short(last?.w ?? 0)}, b = ${short(last?.b ?? 0)}, J = ${short(last?.cost ?? 0)}.`,
      );
    });
    return msg(str`J over w and b from −${plain(this.settings.span)} to ${plain(this.settings.span)}. ${parts.join(' ')}`);
  }

  #frame(): void {
    const { clientWidth: width, clientHeight: height } = this;
    if (width === 0 || height === 0) return;
    if (width !== this.size.width || height !== this.size.height) this.size = { width, height };
    const ratio = Math.min(2, devicePixelRatio);
    this.dispatchEvent(new LossWishEvent({ kind: 'frame', frame: { width, height, ratio, colors: frameColors(this) } }));
  }

  #key(event: KeyboardEvent, kind: PanelPlace['kind']): void {
    const patch = keyPatch(event, kind, this.settings);
    if (!patch) return;
    event.preventDefault();
    this.#keyed = true;
    this.dispatchEvent(changeEvent(patch, true));
    const { w, b, turn, tilt } = { ...this.settings, ...patch };
    this.said =
      kind === 'contours'
        ? msg(str`start w = ${short(w)}, b = ${short(b)}`)
        : msg(str`turned by ${Math.round(turn)}°, from ${Math.round(tilt)}° above`);
  }

  #keyUp(): void {
    if (!this.#keyed) return;
    this.#keyed = false;
    this.#emit({}, false);
  }

  #down(event: PointerEvent, place: PanelPlace): void {
    if (event.button !== 0) return;
    const panel = event.currentTarget as HTMLElement;
    panel.setPointerCapture(event.pointerId);
    const landscape = this.landscapes.find((one) => one.cost === place.cost);
    this.#drag = dragOf([event.offsetX, event.offsetY], place, this.settings, landscape?.top ?? 1);
    panel.classList.toggle('turning', this.#drag.kind === 'turn');
    if (this.#drag.kind === 'start') this.#emit(this.#drag.patch([event.offsetX, event.offsetY]), true);
  }

  #move(event: PointerEvent): void {
    if (this.#drag) this.#emit(this.#drag.patch([event.offsetX, event.offsetY]), true);
  }

  #up(event: PointerEvent): void {
    const drag = this.#drag;
    this.#drag = null;
    (event.currentTarget as HTMLElement).classList.remove('turning');
    if (drag) this.#emit({}, false);
  }

  #emit(patch: Partial<LossSettings> | null, dragging: boolean): void {
    if (!patch) return;
    const [low, high] = lossRanges.start;
    const inside = (value: number): number => Math.min(high, Math.max(low, value));
    const { w, b } = patch;
    this.dispatchEvent(
      changeEvent({ ...patch, ...(w !== undefined && { w: inside(w) }), ...(b !== undefined && { b: inside(b) }) }, dragging),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'surface-picture': SurfacePicture;
  }
}
