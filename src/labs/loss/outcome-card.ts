/** `<outcome-card>`: how each path has fared, what valleys there are, and why 0 is a start at all. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '@lit/localize';
import { verdictOn } from '../../session/loss/descent.ts';
import type { Landscape } from '../../session/loss/protocol.ts';
import { defaultLoss, type LossSettings } from '../../session/loss/settings.ts';
import { base, card } from '../../ui/styles.ts';
import type { CostPath } from './loss-session.ts';
import { outcomeSentence, valleysSentence, zeroSentence } from './sentences.ts';

@customElement('outcome-card')
export class OutcomeCard extends LitElement {
  static override styles = [
    base,
    card,
    css`
      p {
        line-height: 1.45;
      }
      p + p,
      .quiet {
        margin-top: 7px;
      }
    `,
  ];

  @property({ attribute: false }) settings: LossSettings = defaultLoss;
  @property({ attribute: false }) paths: readonly CostPath[] = [];
  @property({ attribute: false }) landscapes: readonly Landscape[] = [];

  override render(): TemplateResult {
    const { settings, paths, landscapes } = this;
    const isThere = settings.points.length > 0;
    const verdict = verdictOn(settings.points);
    return html`<section class="card" aria-labelledby="so-far">
      <h2 id="so-far">${msg('So far')}</h2>
      <div data-testid="outcome">
        ${
          isThere
            ? paths.map(({ cost, steps }) => {
                const landscape = landscapes.find((one) => one.cost === cost) ?? null;
                return html`<p>${outcomeSentence(cost, steps, settings, landscape)}</p>`;
              })
            : html`<p>${msg('Nothing yet.')}</p>`
        }
      </div>
      <div class="valleys" data-testid="valleys">
        ${isThere ? landscapes.map((landscape) => this.#quiet(valleysSentence(landscape, verdict))) : nothing}
      </div>
      ${isThere && settings.w === 0 && settings.b === 0 ? this.#quiet(zeroSentence()) : nothing}
    </section>`;
  }

  #quiet(text: string | null): TemplateResult | typeof nothing {
    return text === null ? nothing : html`<p class="quiet">${text}</p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'outcome-card': OutcomeCard;
  }
}
