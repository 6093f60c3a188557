/** `<weights-card>`: what w looks like: a picture where it multiplies pictures, the largest weights by name for tables. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import { msg, str } from '@lit/localize';
import '../../ui/charts/picture-canvas.ts';
import type { DataReport, Insight } from '../../session/protocol.ts';
import { integer, significant } from '../../ui/format.ts';
import { base, card } from '../../ui/styles.ts';

type Weights = Insight['weights'];

@customElement('weights-card')
export class WeightsCard extends LitElement {
  static override styles = [
    base,
    card,
    css`
      .one {
        display: flex;
        gap: 12px;
      }
      .one picture-canvas {
        flex: none;
        width: 112px;
        height: 112px;
        border-radius: 8px;
        overflow: hidden;
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .many {
        display: grid;
        grid-template-columns: repeat(5, minmax(0, 1fr));
        gap: 6px;
        margin-bottom: 6px;
      }
      .many picture-canvas {
        aspect-ratio: 1;
        border-radius: 6px;
        overflow: hidden;
      }
      .many span {
        display: block;
        font-size: 10.5px;
        line-height: 1.5;
        color: var(--soft);
        text-align: center;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .named li {
        display: grid;
        grid-template-columns: 92px 1fr 52px;
        gap: 8px;
        align-items: center;
        font-size: 12px;
        line-height: 20px;
      }
      .named span:first-child {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        color: var(--soft);
      }
      .named span:last-child {
        text-align: right;
      }
      .axis {
        position: relative;
        height: 9px;
      }
      .axis i {
        position: absolute;
        top: 0;
        bottom: 0;
        border-radius: 2px;
        background: var(--ink);
      }
      .axis i.negative {
        background: var(--soft);
        opacity: 0.6;
      }
      .norms {
        white-space: nowrap;
        margin-top: 8px;
      }
      .one .norms {
        margin-top: 12px;
      }
    `,
  ];

  @property({ attribute: false }) data: DataReport | null = null;
  @property({ attribute: false }) insight: Insight | null = null;

  override render(): TemplateResult | typeof nothing {
    const { insight } = this;
    if (!insight) return nothing;
    return html`<section class="card" aria-labelledby="title" data-testid="weights">
      <train-save></train-save>
      <h2 id="title">${title(insight.weights)}</h2>
      ${this.#body(insight)}
    </section>`;
  }

  #body(insight: Insight): TemplateResult {
    const { weights } = insight;
    const norms = html`<p class="quiet norms" data-testid="norms">
      ‖w‖ ${significant(insight.weightNorm)} · ‖dw‖ ${significant(insight.gradientNorm)}
    </p>`;
    switch (weights.kind) {
      case 'none':
        return norms;
      case 'named':
        return html`${named(weights.items)}${norms}`;
      case 'pictures':
        return weights.of === 'output'
          ? this.#one(weights, norms)
          : html`${many(weights.pictures)}
              <p class="quiet">${meaning(weights.of)}</p>
              ${norms}`;
    }
  }

  #one(weights: Weights & { kind: 'pictures' }, norms: TemplateResult): TemplateResult {
    const { data } = this;
    const [picture] = weights.pictures;
    const size = picture ? `${picture.width} × ${picture.height}` : '';
    const argued = data?.classNames[1] ?? 'y = 1';
    const words = msg(
      str`The ${integer(data?.n ?? 0)} weights, drawn as the ${size} picture that they multiply. Bright pixels argue for “${argued}”.`,
    );
    return html`<div class="one">
      <picture-canvas .picture=${picture ?? null} label=${msg('The weights as a picture')}></picture-canvas>
      <div>
        <p class="quiet">${words}</p>
        ${norms}
      </div>
    </div>`;
  }
}

function title(weights: Weights): string {
  if (weights.kind === 'pictures') return weights.of === 'hidden-units' ? msg('What hidden units look for') : msg('What w looks like');
  return weights.kind === 'named' ? msg('The largest weights') : msg('Size of w');
}

function meaning(of: 'output' | 'classes' | 'hidden-units'): string {
  return of === 'classes'
    ? msg('One picture a class: bright pixels argue for it, dark ones against.')
    : msg('The weights into the first units of the first hidden layer, each as the picture that it multiplies.');
}

function many(pictures: (Weights & { kind: 'pictures' })['pictures']): TemplateResult {
  return html`<ul class="many">
    ${pictures.slice(0, 15).map((picture) => html`<li title=${picture.label}><picture-canvas .picture=${picture} label=${picture.label}></picture-canvas><span aria-hidden="true">${picture.label}</span></li>`)}
  </ul>`;
}

function named(items: (Weights & { kind: 'named' })['items']): TemplateResult {
  const most = Math.max(1e-30, ...items.map(({ weight }) => Math.abs(weight)));
  return html`<ul class="named">
    ${items.slice(0, 12).map(({ name, weight }) => {
      const half = (50 * Math.abs(weight)) / most;
      const place = styleMap({ left: `${weight < 0 ? 50 - half : 50}%`, width: `${half}%` });
      return html`<li title=${name}>
        <span>${name}</span><span class="axis"><i class=${weight < 0 ? 'negative' : ''} style=${place}></i></span
        ><span>${significant(weight, 2)}</span>
      </li>`;
    })}
  </ul>`;
}
