/** `<slice-card>`: J along w at the present b, with the tangent where descent stands: its slope is dJ/dw. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import '../../ui/charts/save-menu.ts';
import './slice-picture.ts';
import type { DescentStep } from '../../session/loss/descent.ts';
import { defaultLoss, type LossCost, type LossSettings } from '../../session/loss/settings.ts';
import { base, card } from '../../ui/styles.ts';
import type { CostPath } from './loss-session.ts';
import { costName, short } from './sentences.ts';
import { slicePoints } from './chart-points.ts';

@customElement('slice-card')
export class SliceCard extends LitElement {
  static override styles = [
    base,
    card,
    css`
      .quiet {
        line-height: 1.4;
      }
      slice-picture {
        height: 160px;
        margin: 4px -4px 0;
      }
    `,
  ];

  @property({ attribute: false }) settings: LossSettings = defaultLoss;
  /** What is shown is the first one's. */
  @property({ attribute: false }) paths: readonly CostPath[] = [];

  override render(): TemplateResult {
    const { settings } = this;
    const [path] = this.paths;
    const last = settings.points.length === 0 ? undefined : path?.steps.at(-1);
    return html`<section class="card" aria-labelledby="slice">
      ${
        last && path
          ? html`<save-menu
              name="downhill-slope"
              .points=${() => slicePoints(settings.points, path.cost, settings.span, last)}
            ></save-menu>`
          : nothing
      }
      <h2 id="slice">${msg('Slope')}</h2>
      ${last ? this.#slope(path?.cost ?? 'cross-entropy', last) : html`<p class="quiet">${msg('No points, no slope.')}</p>`}
    </section>`;
  }

  #slope(cost: LossCost, { w, b, cost: j, dw }: DescentStep): TemplateResult {
    const { points, span, learningRate } = this.settings;
    const name = costName(cost);
    return html`<p class="quiet">
        ${msg(str`J of ${name} along w, at b = ${short(b)}. The tangent’s slope is dJ/dw = ${short(dw)}; the arrow is the next step.`)}
      </p>
      <slice-picture
        .points=${points}
        .cost=${cost}
        .span=${span}
        .learningRate=${learningRate}
        .step=${this.paths[0]?.steps.at(-1) ?? null}
        summary=${msg(
          str`J of ${name} against w at b = ${short(b)}. At w = ${short(w)}, J = ${short(j)}; the tangent there has the slope dJ/dw = ${short(dw)}.`,
        )}
      ></slice-picture>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'slice-card': SliceCard;
  }
}
