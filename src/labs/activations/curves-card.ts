/**
 * `<curves-card>`: g and g′ of each activation over the same z, which is dragged in any of the pictures or moved by the
 * slider, with a = g(z) and g′(z) written out. Emits `activation-wish`.
 */
import { LitElement, html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import { msg, str } from '@lit/localize';
import '../../ui/charts/save-menu.ts';
import '../../ui/controls/value-slider.ts';
import { curveAt } from '../../session/activations/curves.ts';
import { comparedActivations, type ComparedActivation } from '../../session/activations/settings.ts';
import type { ValueEvent } from '../../ui/events.ts';
import { base, card } from '../../ui/styles.ts';
import { zRange } from './activation-query.ts';
import { ActivationWishEvent } from './activation-wish.ts';
import { curvesCardStyles } from './curves-card-styles.ts';
import { activationName } from './names.ts';
import { activationPoints } from './chart-points.ts';

/** What the pictures show of a and of the slope; what is beyond leaves at the edge. */
const valueRange = [-1.25, 2.25] as const;
const slopeRange = [-0.08, 1.12] as const;
const pointsAcross = 96;

type Range = readonly [low: number, high: number];

/** 0 … 100 from the left, or from the top. */
const across = (z: number): number => (100 * (z - zRange[0])) / (zRange[1] - zRange[0]);
const down = (value: number, [low, high]: Range): number => (100 * (high - value)) / (high - low);

const roundZ = (z: number): number => Math.min(zRange[1], Math.max(zRange[0], Number(z.toFixed(2))));
const signed = (value: number, digits: number): string => value.toFixed(digits).replace('-', '−');
const numberText = (value: number): string => (value !== 0 && Math.abs(value) < 0.01 ? signed(value, 4) : signed(value, 3));

function linePath(name: ComparedActivation, which: 'a' | 'slope', range: Range): string {
  const [from, to] = zRange;
  const points = Array.from({ length: pointsAcross + 1 }, (_, i) => {
    const z = from + ((to - from) * i) / pointsAcross;
    return `${across(z).toFixed(2)} ${down(curveAt(name, z)[which], range).toFixed(2)}`;
  });
  return `M${points.join('L')}`;
}

/** They never change. */
const paths = new Map(
  comparedActivations.map((name) => {
    const slope = linePath(name, 'slope', slopeRange);
    const floor = down(0, slopeRange).toFixed(2);
    return [name, { value: linePath(name, 'a', valueRange), slope, area: `${slope}L100 ${floor}L0 ${floor}Z` }] as const;
  }),
);

@customElement('curves-card')
export class CurvesCard extends LitElement {
  static override styles = [base, card, curvesCardStyles];

  @property({ type: Number }) z = 1;

  override render(): TemplateResult {
    const { z } = this;
    return html`<section class="card" aria-labelledby="title">
      <div class="top">
        <h2 id="title">${msg('Curve and slope')}</h2>
        <span class="z" data-testid="z">z = ${signed(z, 2)}</span>
        <value-slider
          label="z"
          data-testid="z-slider"
          .min=${zRange[0]}
          .max=${zRange[1]}
          .value=${z}
          .round=${roundZ}
          .say=${(value: number) => this.#said(value)}
          @value-change=${(event: ValueEvent<number>) => this.#wish(event.value, event.dragging)}
        ></value-slider>
        <save-menu name="downhill-activations" .points=${activationPoints}></save-menu>
      </div>
      <div class="four">${comparedActivations.map((name) => this.#one(name))}</div>
    </section>`;
  }

  #one(name: ComparedActivation): TemplateResult {
    const { a, slope } = curveAt(name, this.z);
    return html`<figure data-testid="curve-${name}">
      <figcaption>${activationName(name)}</figcaption>
      ${this.#plot(name, 'value', a, valueRange)} ${this.#plot(name, 'slope', slope, slopeRange)}
      <dl>
        <div>
          <dt>a = g(z)</dt>
          <dd>${numberText(a)}</dd>
        </div>
        <div>
          <dt>g′(z)</dt>
          <dd>${numberText(slope)}</dd>
        </div>
      </dl>
    </figure>`;
  }

  #plot(name: ComparedActivation, which: 'value' | 'slope', y: number, range: Range): TemplateResult {
    const top = Math.min(100, Math.max(0, down(y, range)));
    const ticks = which === 'value' ? [-1, 0, 1, 2] : [0, 1];
    return html`<div
      class="plot ${which}"
      aria-hidden="true"
      @pointerdown=${this.#grab}
      @pointermove=${this.#drag}
      @pointerup=${this.#drop}
      @pointercancel=${this.#drop}
    >
      <svg viewBox="0 0 100 100" preserveAspectRatio="none">
        ${ticks.map((tick) => gridLine(down(tick, range), tick === 0))}
        ${which === 'slope' ? svg`<path class="area" d=${paths.get(name)?.area ?? ''} />` : ''}
        <path class="line" d=${(which === 'value' ? paths.get(name)?.value : paths.get(name)?.slope) ?? ''} />
        <line class="at" x1=${across(this.z)} x2=${across(this.z)} y1="0" y2="100" />
      </svg>
      ${ticks.map((tick) => html`<span class="tick" style=${styleMap({ top: `${down(tick, range)}%` })}>${String(tick).replace('-', '−')}</span>`)}
      <i class="dot" style=${styleMap({ left: `${across(this.z)}%`, top: `${top}%` })}></i>
      <span class="which">${which === 'value' ? 'g' : 'g′'}</span>
    </div>`;
  }

  #said(z: number): string {
    const values = comparedActivations.map((name) => {
      const { a, slope } = curveAt(name, z);
      return msg(str`${activationName(name)}: a = ${numberText(a)}, slope ${numberText(slope)}`);
    });
    return `z = ${signed(z, 2)}; ${values.join('; ')}`;
  }

  readonly #grab = (event: PointerEvent): void => {
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.#wish(zUnder(event), true);
  };

  readonly #drag = (event: PointerEvent): void => {
    if ((event.currentTarget as Element).hasPointerCapture(event.pointerId)) this.#wish(zUnder(event), true);
  };

  readonly #drop = (event: PointerEvent): void => {
    if ((event.currentTarget as Element).hasPointerCapture(event.pointerId)) this.#wish(this.z, false);
  };

  #wish(z: number, dragging: boolean): void {
    this.dispatchEvent(new ActivationWishEvent({ kind: 'z', z, dragging }));
  }
}

function gridLine(y: number, isZero: boolean): SVGTemplateResult {
  return svg`<line class=${isZero ? 'grid zero' : 'grid'} x1="0" x2="100" y1=${y} y2=${y} />`;
}

function zUnder(event: PointerEvent): number {
  const { left, width } = (event.currentTarget as Element).getBoundingClientRect();
  const share = width > 0 ? (event.clientX - left) / width : 0;
  return roundZ(zRange[0] + (zRange[1] - zRange[0]) * Math.min(1, Math.max(0, share)));
}

declare global {
  interface HTMLElementTagNameMap {
    'curves-card': CurvesCard;
  }
}
