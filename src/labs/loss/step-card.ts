/** `<step-card>`: where descent stands, as numbers for each cost, and what the sign of dJ/dw does to w. */
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import type { DescentStep } from '../../session/loss/descent.ts';
import { defaultLoss, type LossSettings } from '../../session/loss/settings.ts';
import { integer } from '../../ui/format.ts';
import { base, big, card } from '../../ui/styles.ts';
import type { CostPath } from './loss-session.ts';
import { capital, costName, short, stepSentence } from './sentences.ts';

@customElement('step-card')
export class StepCard extends LitElement {
  static override styles = [
    base,
    card,
    big,
    css`
      table {
        width: 100%;
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
      }
      th {
        font-weight: 400;
        color: var(--soft);
        text-align: left;
        white-space: nowrap;
      }
      thead th:not(:first-child),
      td {
        text-align: right;
      }
      thead th {
        font-size: 12.5px;
        padding-bottom: 2px;
      }
      td {
        font-weight: 600;
      }
      tbody th,
      td {
        padding: 2px 0;
      }
      .large td {
        font-size: 26px;
        font-weight: 640;
        letter-spacing: -0.02em;
        line-height: 1.15;
        padding-bottom: 5px;
      }
      .large th {
        vertical-align: bottom;
        padding-bottom: 7px;
      }
      .words {
        margin-top: 10px;
        line-height: 1.45;
      }
    `,
  ];

  @property({ attribute: false }) settings: LossSettings = defaultLoss;
  @property({ attribute: false }) paths: readonly CostPath[] = [];

  override render(): TemplateResult {
    const { paths, settings } = this;
    const last = paths.map(({ steps }) => (settings.points.length === 0 ? undefined : steps.at(-1)));
    const row = (name: string, of: (step: DescentStep) => number, large = false): TemplateResult =>
      html`<tr class=${large ? 'large' : ''}>
        <th scope="row">${name}</th>
        ${last.map((step) => html`<td>${step ? short(of(step)) : '–'}</td>`)}
      </tr>`;
    const [first] = paths;
    const step = first?.steps.at(-1);
    return html`<section class="card" aria-labelledby="step" data-testid="step-card">
      <h2 id="step">${msg(str`Step ${integer(settings.steps)}`)}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col"><span class="hidden-text">${msg('quantity')}</span></th>
            ${paths.map(({ cost }) => html`<th scope="col">${costName(cost)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${row('J', ({ cost }) => cost, true)} ${row('w', ({ w }) => w)} ${row('b', ({ b }) => b)} ${row('dJ/dw', ({ dw }) => dw)}
          ${row('dJ/db', ({ db }) => db)}
        </tbody>
      </table>
      <p class="words" data-testid="step-words">
        ${settings.points.length > 0 && step ? this.#words(step, paths.length > 1 ? `${capital(costName('cross-entropy'))}: ` : '') : ''}
      </p>
    </section>`;
  }

  #words(step: DescentStep, whose: string): string {
    return `${whose}${stepSentence(step, this.settings.learningRate)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'step-card': StepCard;
  }
}
