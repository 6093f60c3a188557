/** `<outputs-card>`: histograms of a⁽ˡ⁾ layer by layer for each activation, with the share of values where it is flat. */
import { LitElement, css, html, svg, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import '../../ui/charts/save-menu.ts';
import type { Activity, LayerActivity } from '../../session/activations/protocol.ts';
import { defaultActivations, type ActivationSettings } from '../../session/activations/settings.ts';
import { integer, significant } from '../../ui/format.ts';
import { base, card } from '../../ui/styles.ts';
import { emptyActivations, type ActivationState, type NetState } from './activation-state.ts';
import { foundCardStyles } from './found-card-styles.ts';
import { activationName } from './names.ts';
import { activitySentence, flatWord, layerSentence, outputSentences } from './sentences.ts';
import { outputPoints } from './chart-points.ts';

/** Outputs are looked at now and then only. */
function looksOther(now: ActivationState, before?: ActivationState): boolean {
  return now.nets.some(({ activity }, i) => activity !== before?.nets[i]?.activity);
}

@customElement('outputs-card')
export class OutputsCard extends LitElement {
  static override styles = [
    base,
    card,
    foundCardStyles,
    css`
      .four {
        flex: 1;
        display: grid;
        grid-template-columns: 12px repeat(4, minmax(0, 1fr));
        gap: 3px 10px;
        grid-template-rows: auto auto repeat(var(--layers), minmax(15px, 1fr)) auto;
        font-variant-numeric: tabular-nums;
      }
      .name {
        font-size: 13px;
        font-weight: 600;
        white-space: nowrap;
      }
      .flat,
      .ends,
      .layer {
        font-size: 10.5px;
        line-height: 1.2;
        color: var(--soft);
      }
      .flat {
        min-height: 13px;
      }
      .layer {
        align-self: end;
      }
      .ends {
        display: flex;
        justify-content: space-between;
        padding-right: 36px;
      }
      .row {
        display: flex;
        align-items: end;
        gap: 4px;
        min-width: 0;
      }
      svg {
        flex: 1;
        min-width: 0;
        width: 100%;
        height: 100%;
        border-bottom: 1px solid var(--line);
      }
      path {
        fill: var(--ink);
        fill-opacity: 0.72;
      }
      .row span {
        flex: none;
        width: 34px;
        text-align: right;
        white-space: nowrap;
        font-size: 11px;
        line-height: 1;
      }
      @media (max-width: 759px) {
        .four {
          column-gap: 7px;
          grid-template-rows: auto auto repeat(var(--layers), minmax(17px, 1fr)) auto;
        }
        .name {
          font-size: 12px;
          white-space: normal;
          line-height: 1.15;
        }
        .row {
          gap: 2px;
        }
        .ends {
          padding-right: 0;
        }
      }
      .found {
        margin: 8px 0 0;
        line-height: 1.35;
      }
    `,
  ];

  @property({ attribute: false, hasChanged: looksOther }) state: ActivationState = emptyActivations;
  @property({ attribute: false }) settings: ActivationSettings = defaultActivations.fashion;

  override render(): TemplateResult {
    const { nets } = this.state;
    const seen = nets.find(({ activity }) => activity !== null)?.activity;
    const layers = seen?.layers.length ?? this.settings.depth;
    return html`<section class="card" aria-labelledby="title">
      <div class="top">
        <h2 id="title">${msg('Outputs of the hidden layers,')} <span class="math">a⁽ˡ⁾</span></h2>
        <save-menu ?hidden=${!seen} name="downhill-outputs" .points=${() => outputPoints(this.state.nets)}></save-menu>
        ${seen ? html`<span class="quiet">${msg(str`${integer(seen.examples)} examples, share that is flat`)}</span>` : nothing}
      </div>
      ${
        seen
          ? html`<div class="four" style="--layers:${layers}" aria-hidden="true">
              <i></i>${nets.map(({ activation }) => html`<span class="name">${activationName(activation)}</span>`)}
              <i></i> ${nets.map(({ activation }) => html`<span class="flat">${flatWord(activation)}</span>`)}
              ${Array.from({ length: layers }, (_, i) => this.#layer(layers - 1 - i))} <i></i>
              ${nets.map(({ activity }) => ends(activity))}
            </div>`
          : html`<p class="nothing quiet">${msg('Run, and what each hidden layer puts out is counted here.')}</p>`
      }
      <p class="hidden-text" data-testid="outputs">${nets.map(activitySentence).join(' ')}</p>
      <p class="found quiet" data-testid="outputs-found">${outputSentences(this.state, this.settings).join(' ')}</p>
    </section>`;
  }

  #layer(l: number): TemplateResult {
    return html`<span class="layer">${l + 1}</span>${this.state.nets.map((net) => histogramRow(net, l))}`;
  }
}

function histogramRow({ activation, activity }: NetState, l: number): TemplateResult {
  const layer = activity?.layers[l];
  if (!layer) return html`<div class="row"></div>`;
  return html`<div class="row" title=${layerSentence(activation, l + 1, layer)}>
    <svg viewBox="0 0 ${layer.counts.length} 1" preserveAspectRatio="none">${bars(layer)}</svg>
    <span>${shareText(layer.saturated)}</span>
  </div>`;
}

function bars({ counts }: LayerActivity): TemplateResult | ReturnType<typeof svg> {
  const most = Math.max(1, ...counts);
  const path = counts.map((count, i) => (count === 0 ? '' : `M${i} 1V${(1 - count / most).toFixed(3)}H${i + 0.9}V1Z`)).join('');
  return svg`<path d=${path} />`;
}

function ends(activity: Activity | null): TemplateResult {
  if (!activity) return html`<span class="ends"></span>`;
  return html`<span class="ends"><span>${endText(activity.low)}</span><span>${endText(activity.high)}</span></span>`;
}

const endText = (value: number): string => (Number.isInteger(value) ? String(value).replace('-', '−') : significant(value, 2));

/** `0 %`, `<1 %`, `37 %`. */
function shareText(share: number): string {
  return share > 0 && share < 0.005 ? '<1 %' : `${Math.round(100 * share)} %`;
}

declare global {
  interface HTMLElementTagNameMap {
    'outputs-card': OutputsCard;
  }
}
