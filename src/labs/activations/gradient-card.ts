/** `<gradient-card>`: how large the gradient of each layer is at each step, one map for each activation on a common scale. */
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import '../../ui/charts/save-menu.ts';
import { decadesOf, type Decades } from '../../session/activations/curves.ts';
import { integer } from '../../ui/format.ts';
import { base, big, card } from '../../ui/styles.ts';
import { emptyActivations, type ActivationState, type NetState } from './activation-state.ts';
import { foundCardStyles } from './found-card-styles.ts';
import './gradient-map.ts';
import { activationName } from './names.ts';
import { gradientHeadline, gradientSentences, ratioChange } from './sentences.ts';
import { gradientPoints } from './chart-points.ts';

/** Decades of the scale at the most: below, one shade of grey is as small as another. */
const mostDecades = 10;

@customElement('gradient-card')
export class GradientCard extends LitElement {
  static override styles = [
    base,
    card,
    big,
    foundCardStyles,
    css`
      .maps {
        flex: 1;
        display: grid;
        grid-template-columns: repeat(2, minmax(0, 1fr));
        grid-auto-rows: minmax(84px, 1fr);
        gap: 10px 14px;
      }
      figure {
        margin: 0;
        min-width: 0;
        display: flex;
        flex-direction: column;
      }
      figcaption {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 0 8px;
        font-size: 13px;
        font-weight: 600;
        white-space: nowrap;
      }
      figcaption span {
        color: var(--soft);
        font-weight: 400;
        font-variant-numeric: tabular-nums;
      }
      .map {
        flex: 1;
        position: relative;
        margin: 3px 0 0 20px;
        border: 1px solid var(--line);
      }
      gradient-map {
        position: absolute;
        inset: 0;
      }
      .map b {
        position: absolute;
        right: calc(100% + 5px);
        font-size: 10.5px;
        font-weight: 400;
        line-height: 1;
        color: var(--soft);
        white-space: nowrap;
      }
      .map .last {
        top: 3px;
      }
      .map .first {
        bottom: 3px;
      }
      .legend {
        display: flex;
        align-items: center;
        flex-wrap: wrap;
        gap: 2px 10px;
        margin-top: 9px;
        font-size: 12px;
        color: var(--soft);
        font-variant-numeric: tabular-nums;
      }
      .scale {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        white-space: nowrap;
      }
      .scale i {
        width: 110px;
        height: 10px;
        border: 1px solid var(--line);
        background: linear-gradient(to right, color-mix(in srgb, var(--ink) 5%, var(--card)), var(--ink));
      }
    `,
  ];

  @property({ attribute: false }) state: ActivationState = emptyActivations;
  @property({ type: Number }) steps = 1;

  override render(): TemplateResult {
    const { nets } = this.state;
    const { figure, words, waiting } = gradientHeadline(this.state);
    const decades = decadesOf(allNorms(nets), mostDecades);
    return html`<section class="card" aria-labelledby="title">
      <div class="top">
        <h2 id="title">${msg('Gradient by layer')}</h2>
        <save-menu name="downhill-gradients" .points=${() => gradientPoints(this.state.nets)}></save-menu>
      </div>
      <p class="big ${waiting ? 'wait' : ''}" data-testid="ratio">${figure}</p>
      <p class="words quiet" data-testid="ratio-words">${words}</p>
      <div class="maps">${nets.map((net) => this.#map(net, decades))}</div>
      <div class="legend">
        <span class="scale">‖dW⁽ˡ⁾‖ ${power(decades.low)} <i></i> ${power(decades.high)}</span>
        <span>${msg(str`→ steps 0 to ${integer(this.steps)} · ↑ layer 1 to the output`)}</span>
      </div>
      <p class="hidden-text" data-testid="ratios">${gradientSentences(this.state).join(' ')}</p>
    </section>`;
  }

  #map(net: NetState, decades: Decades): TemplateResult {
    const name = activationName(net.activation);
    const layers = net.probes[0]?.norms.length;
    const ratio = ratioChange(net);
    const summary = msg(str`${name}: sizes of the gradient by layer and step; first layer to last, at the start and now: ${ratio}`);
    return html`<figure data-testid="map-${net.activation}">
      <figcaption>${name}<span title=${msg('‖dW⁽¹⁾‖ / ‖dW⁽ᴸ⁾‖, at the start and now')}>${ratio}</span></figcaption>
      <div class="map">
        ${layers === undefined ? '' : html`<b class="last">${layers}</b><b class="first">1</b>`}
        <gradient-map .probes=${net.probes} .decades=${decades} .steps=${this.steps} summary=${summary}></gradient-map>
      </div>
    </figure>`;
  }
}

function* allNorms(nets: readonly NetState[]): Generator<number> {
  for (const { probes } of nets) for (const { norms } of probes) yield* norms;
}

/** 10 to this power. */
function power(exponent: number): string {
  const digits = '⁰¹²³⁴⁵⁶⁷⁸⁹';
  return `10${[...String(exponent)].map((c) => (c === '-' ? '⁻' : (digits[Number(c)] ?? ''))).join('')}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'gradient-card': GradientCard;
  }
}
