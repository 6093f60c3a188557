/** `<slice-card>`: J along w at the present b, with the tangent where descent stands: its slope is dJ/dw. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import './slice-picture.ts';
import { defaultLoss, type LossSettings } from '../../session/loss/settings.ts';
import { base, card } from '../../ui/styles.ts';
import type { CostPath } from './loss-session.ts';
import { costName, short } from './sentences.ts';

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
    const last = path?.steps.at(-1);
    const b = short(last?.b ?? settings.b);
    return html`<section class="card" aria-labelledby="slice">
      <h2 id="slice">${msg('Slope')}</h2>
      <p class="quiet">
        ${last ? msg(str`J of ${costName(path?.cost ?? 'cross-entropy')} along w, at b = ${b}. The tangent’s slope is dJ/dw = ${short(last.dw)}; the arrow is the next step.`) : nothing}
      </p>
      <slice-picture
        .points=${settings.points}
        .cost=${path?.cost ?? 'cross-entropy'}
        .span=${settings.span}
        .learningRate=${settings.learningRate}
        .step=${last ?? null}
        summary=${
          last
            ? msg(
                str`J of ${costName(path?.cost ?? 'cross-entropy')} against w at b = ${b}. At w = ${short(last.w)}, J = ${short(last.cost)}; the tangent there has the slope dJ/dw = ${short(last.dw)}.`,
              )
            : msg('No points, no curve.')
        }
      ></slice-picture>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'slice-card': SliceCard;
  }
}
