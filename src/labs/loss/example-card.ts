/**
 * `<example-card>`: one example: L against ŷ for y = 1 and y = 0 by both costs, at a z that is dragged, with the slopes
 * dL/dz as numbers and in a sentence. Emits `loss-wish`.
 */
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import '../../ui/charts/save-menu.ts';
import './example-picture.ts';
import '../../ui/controls/value-slider.ts';
import { exampleAt } from '../../session/loss/descent.ts';
import { defaultLoss, lossCosts, lossRanges, type LossCost } from '../../session/loss/settings.ts';
import type { ValueEvent } from '../../ui/events.ts';
import { base, card } from '../../ui/styles.ts';
import { changeEvent } from './loss-wish.ts';
import { costName, exampleSentence, short, shown } from './sentences.ts';
import { examplePoints } from './chart-points.ts';

const labels = [1, 0] as const;

@customElement('example-card')
export class ExampleCard extends LitElement {
  static override styles = [
    base,
    card,
    css`
      .body {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) minmax(270px, 1.7fr);
        gap: 6px 18px;
      }
      example-picture {
        height: 138px;
      }
      .mark {
        display: inline-block;
        width: 14px;
        height: 0;
        margin-right: 6px;
        border-top: 2px solid var(--ink);
        vertical-align: middle;
      }
      .mark.squared-error {
        border-color: var(--soft);
      }
      .control {
        display: grid;
        grid-template-columns: auto minmax(60px, 1fr) auto;
        gap: 10px;
        align-items: center;
        margin-bottom: 4px;
      }
      table {
        width: 100%;
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
      }
      th {
        font-weight: 400;
        color: var(--soft);
        font-size: 12.5px;
        text-align: left;
        white-space: nowrap;
      }
      td,
      thead th:not(:first-child) {
        text-align: right;
      }
      td {
        font-weight: 600;
        padding: 1px 0 1px 8px;
        white-space: nowrap;
      }
      .sentence {
        line-height: 1.4;
        margin-top: 5px;
        font-size: 12.5px;
      }
      @media (max-width: 1099px) {
        .body {
          grid-template-columns: 1fr 1fr;
        }
        .numbers {
          grid-column: 1 / -1;
        }
      }
    `,
  ];

  @property({ type: Number }) z = defaultLoss.z;

  override render(): TemplateResult {
    const { yHat } = exampleAt(this.z, 1);
    return html`<section class="card" aria-labelledby="example">
      <save-menu name="downhill-loss-of-one" .points=${examplePoints}></save-menu>
      <h2 id="example">${msg('One example')}</h2>
      <div class="body">
        ${labels.map(
          (y) =>
            html`<example-picture
              data-testid="example-${y}"
              .z=${this.z}
              .y=${y}
              summary=${this.#summary(y)}
              @value-change=${this.#take}
            ></example-picture>`,
        )}
        <div class="numbers">
          <div class="control">
            <span class="quiet">z</span>
            <value-slider
              label="z"
              .min=${lossRanges.z[0]}
              .max=${lossRanges.z[1]}
              .value=${this.z}
              .round=${(value: number) => Math.round(value * 10) / 10}
              .say=${(value: number) => msg(str`z = ${short(value)}, ŷ = ${shown(exampleAt(value, 1).yHat)}`)}
              @value-change=${this.#take}
            ></value-slider>
            <b data-testid="example-at">${msg(str`${short(this.z)}, ŷ = ${shown(yHat)}`)}</b>
          </div>
          <table>
            <thead>
              <tr>
                <th scope="col">${msg('dL/dz')}</th>
                ${labels.map((y) => html`<th scope="col">y = ${y}</th>`)}
              </tr>
            </thead>
            <tbody>
              ${lossCosts.map((cost) => this.#row(cost))}
            </tbody>
          </table>
          <p class="sentence" data-testid="example-words">${exampleSentence(this.z)}</p>
        </div>
      </div>
    </section>`;
  }

  #row(cost: LossCost): TemplateResult {
    return html`<tr>
      <th scope="row"><i class="mark ${cost}"></i>${costName(cost)}</th>
      ${labels.map((y) => html`<td>${short(exampleAt(this.z, y).of[cost].slope)}</td>`)}
    </tr>`;
  }

  #summary(y: 0 | 1): string {
    const { yHat, of } = exampleAt(this.z, y);
    return msg(
      str`L against ŷ for y = ${y}. At ŷ = ${shown(yHat)} cross-entropy is ${short(of['cross-entropy'].value)} and squared error ${short(of['squared-error'].value)}.`,
    );
  }

  #take({ value, dragging }: ValueEvent<number>): void {
    this.dispatchEvent(changeEvent({ z: value }, dragging));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'example-card': ExampleCard;
  }
}
