/**
 * `<points-card>`: the examples as points that can be added, moved, relabelled and removed, by pointer and by keys, with
 * σ(wx + b) drawn over them. Emits `loss-wish`.
 */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import { msg, str } from '@lit/localize';
import '../../ui/charts/save-menu.ts';
import './points-picture.ts';
import '../../ui/controls/choice-field.ts';
import {
  defaultLoss,
  lossRanges,
  pointPresetNames,
  pointPresets,
  samePoints,
  type LabPoint,
  type LossSettings,
  type PointPreset,
} from '../../session/loss/settings.ts';
import type { ValueEvent } from '../../ui/events.ts';
import { base, button, card } from '../../ui/styles.ts';
import type { CostPath } from './loss-session.ts';
import { changeEvent, LossWishEvent } from './loss-wish.ts';
import { pointsCardStyles } from './points-card-styles.ts';
import { fromX, labelAt, toX, toY } from './points-scale.ts';
import { pointsSentence, short } from './sentences.ts';
import { labPoints } from './chart-points.ts';

const own = 'own';

@customElement('points-card')
export class PointsCard extends LitElement {
  static override styles = [base, card, button, pointsCardStyles];

  @property({ attribute: false }) settings: LossSettings = defaultLoss;
  @property({ attribute: false }) paths: readonly CostPath[] = [];
  @state() protected size = { width: 0, height: 0 };
  @query('.plot') protected readonly plot?: HTMLElement | null;
  #dragged: number | null = null;
  #keyed = false;
  #focusNext: number | null = null;
  readonly #observer = new ResizeObserver(([entry]) => {
    if (entry) this.size = { width: entry.contentRect.width, height: entry.contentRect.height };
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
  }

  protected override firstUpdated(): void {
    if (this.plot) this.#observer.observe(this.plot);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.plot) this.#observer.observe(this.plot);
  }

  protected override updated(): void {
    if (this.#focusNext === null) return;
    const wanted = this.#focusNext;
    this.#focusNext = null;
    const points = [...this.renderRoot.querySelectorAll<HTMLElement>('.point')];
    (points[wanted] ?? points.at(-1) ?? this.renderRoot.querySelector<HTMLElement>('.add'))?.focus();
  }

  override render(): TemplateResult {
    const { points } = this.settings;
    const sentence = pointsSentence(points);
    const full = points.length >= lossRanges.points[1];
    return html`<section class="card" aria-labelledby="points">
      <save-menu name="downhill-points" of=".plot" .points=${() => labPoints(points, this.paths)}></save-menu>
      <h2 id="points">${msg('Points')}</h2>
      <choice-field
        label=${msg(str`m = ${points.length}`)}
        .value=${this.#preset()}
        .choices=${this.#choices()}
        @value-change=${this.#choose}
      ></choice-field>
      <div
        class="plot"
        data-testid="points"
        @pointerdown=${this.#down}
        @pointermove=${this.#move}
        @pointerup=${this.#up}
        @pointercancel=${this.#up}
      >
        <points-picture .paths=${this.paths} summary=${this.#summary()}></points-picture>
        <div role="group" aria-label=${msg('Points')}>
          ${this.size.width > 0 ? points.map((point, at) => this.#point(point, at)) : nothing}
        </div>
      </div>
      <div class="buttons">
        <button class="btn small add" data-testid="add-point" ?disabled=${full} @click=${() => this.#add({ x: 0, y: this.#rarer() }, true)}>
          ${msg('Add')}
        </button>
        <button class="btn small" data-testid="clear-points" ?disabled=${points.length === 0} @click=${() => this.#set([])}>
          ${msg('Clear')}
        </button>
      </div>
      ${sentence === null ? nothing : html`<p class="said" role="status" data-testid="points-note">${sentence}</p>`}
      <p class="quiet how">
        ${msg('Click to add a point, drag to move it, double-click to relabel it, Delete to remove it. With keys: arrows move and relabel.')}
      </p>
    </section>`;
  }

  #point(point: LabPoint, at: number): TemplateResult {
    const { width, height } = this.size;
    const last = this.paths[0]?.steps.at(-1);
    const isWrong = last !== undefined && last.w * point.x + last.b > 0 !== (point.y === 1);
    return html`<button
      class="point ${point.y === 1 ? 'one' : 'zero'} ${isWrong ? 'wrong' : ''}"
      style=${styleMap({ left: `${toX(point.x, width)}px`, top: `${toY(point.y, height)}px` })}
      aria-label=${msg(str`Point ${at + 1}: x = ${short(point.x)}, y = ${point.y}`)}
      aria-keyshortcuts="ArrowLeft ArrowRight ArrowUp ArrowDown Enter Delete"
      data-at=${at}
      @keydown=${(event: KeyboardEvent) => this.#key(event, at)}
      @keyup=${this.#keyUp}
      @blur=${this.#keyUp}
      @dblclick=${() => this.#replace(at, { x: point.x, y: point.y === 1 ? 0 : 1 })}
    ></button>`;
  }

  #preset(): string {
    return pointPresetNames.find((name) => samePoints(pointPresets[name], this.settings.points)) ?? own;
  }

  #choices(): readonly { value: string; label: string }[] {
    const names: Record<PointPreset, string> = { mixed: msg('overlapping'), apart: msg('apart'), valleys: msg('several valleys') };
    const choices = pointPresetNames.map((value) => ({ value: value, label: names[value] }));
    return this.#preset() === own ? [...choices, { value: own, label: msg('your own') }] : choices;
  }

  #choose({ value }: ValueEvent<string>): void {
    const preset = pointPresetNames.find((name) => name === value);
    if (preset) this.dispatchEvent(new LossWishEvent({ kind: 'points', preset }));
  }

  #summary(): string {
    const count = (label: 0 | 1): number => this.settings.points.filter(({ y }) => y === label).length;
    const curves = this.paths.map(({ steps }) => `σ(${short(steps.at(-1)?.w ?? 0)} · x + ${short(steps.at(-1)?.b ?? 0)})`).join(', ');
    return msg(str`${count(0)} points with y = 0 below, ${count(1)} with y = 1 above, and ŷ = ${curves}.`);
  }

  /** Of the class that has fewer points. */
  #rarer(): 0 | 1 {
    const ones = this.settings.points.filter(({ y }) => y === 1).length;
    return 2 * ones <= this.settings.points.length ? 1 : 0;
  }

  #set(points: readonly LabPoint[], dragging = false): void {
    this.dispatchEvent(changeEvent({ points }, dragging));
  }

  #add(point: LabPoint, focus = false): void {
    const { points } = this.settings;
    if (points.length >= lossRanges.points[1]) return;
    if (focus) this.#focusNext = points.length;
    this.#set([...points, point]);
  }

  #replace(at: number, point: LabPoint, dragging = false): void {
    const { points } = this.settings;
    const before = points[at];
    if (!before || (dragging && before.x === point.x && before.y === point.y)) return;
    this.#set(points.with(at, point), dragging);
  }

  /** By a key that may stay down: it goes on until the key is up. */
  #nudge(at: number, point: LabPoint): void {
    this.#keyed = true;
    this.#replace(at, point, true);
  }

  #remove(at: number): void {
    this.#focusNext = at;
    this.#set(this.settings.points.toSpliced(at, 1));
  }

  #key(event: KeyboardEvent, at: number): void {
    const point = this.settings.points[at];
    if (!point) return;
    const size = event.shiftKey ? 1 : 0.1;
    const moved = (by: number): LabPoint => {
      const x = Math.round((point.x + by) * 10) / 10;
      return { ...point, x: Math.min(lossRanges.x[1], Math.max(lossRanges.x[0], x)) };
    };
    const actions: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => this.#nudge(at, moved(-size)),
      ArrowRight: () => this.#nudge(at, moved(size)),
      ArrowUp: () => this.#replace(at, { ...point, y: 1 }),
      ArrowDown: () => this.#replace(at, { ...point, y: 0 }),
      Enter: () => this.#replace(at, { ...point, y: point.y === 1 ? 0 : 1 }),
      Delete: () => this.#remove(at),
      Backspace: () => this.#remove(at),
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  }

  #keyUp(): void {
    if (!this.#keyed) return;
    this.#keyed = false;
    this.#set(this.settings.points);
  }

  /** Where in the plot, in its pixels. */
  #place(event: PointerEvent): readonly [number, number] {
    const box = this.plot?.getBoundingClientRect();
    return box ? [event.clientX - box.left, event.clientY - box.top] : [0, 0];
  }

  #down(event: PointerEvent): void {
    if (event.button !== 0) return;
    const target = event.composedPath().find((one) => one instanceof HTMLElement && one.classList.contains('point'));
    if (target instanceof HTMLElement) {
      this.#dragged = Number(target.dataset['at']);
      this.plot?.setPointerCapture(event.pointerId);
      target.focus();
      event.preventDefault();
      return;
    }
    const [px, py] = this.#place(event);
    this.#add({ x: fromX(px, this.size.width), y: labelAt(py, this.size.height) });
  }

  #move(event: PointerEvent): void {
    if (this.#dragged === null) return;
    const [px, py] = this.#place(event);
    this.#replace(this.#dragged, { x: fromX(px, this.size.width), y: labelAt(py, this.size.height) }, true);
  }

  #up(): void {
    if (this.#dragged === null) return;
    this.#dragged = null;
    // what was drawn coarsely while it moved is drawn once more
    this.#set(this.settings.points);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'points-card': PointsCard;
  }
}
