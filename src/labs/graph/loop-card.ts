/** `<loop-card>`: logistic regression on m examples as a loop, line by line with its accumulators, beside the vectorised form. */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '@lit/localize';
import '../../ui/charts/save-menu.ts';
import type { LoopLine, LoopMoment } from '../../session/graph/study.ts';
import { base, big, card } from '../../ui/styles.ts';
import { emptyGraph, type Loop } from './graph-state.ts';
import { loopCardStyles } from './loop-card-styles.ts';
import { shown } from './numbers.ts';

interface CodeLine {
  readonly lines: readonly LoopLine[];
  readonly code: string;
  readonly depth: 0 | 1;
}

const code: readonly CodeLine[] = [
  { lines: ['start'], code: 'J = 0, dw₁ = 0, dw₂ = 0, db = 0', depth: 0 },
  { lines: [], code: 'for i = 1 … m:', depth: 0 },
  { lines: ['z'], code: 'z⁽ⁱ⁾ = wᵀx⁽ⁱ⁾ + b', depth: 1 },
  { lines: ['a'], code: 'a⁽ⁱ⁾ = σ(z⁽ⁱ⁾)', depth: 1 },
  { lines: ['J'], code: 'J += −(y⁽ⁱ⁾ log a⁽ⁱ⁾ + (1 − y⁽ⁱ⁾) log(1 − a⁽ⁱ⁾))', depth: 1 },
  { lines: ['dz'], code: 'dz⁽ⁱ⁾ = a⁽ⁱ⁾ − y⁽ⁱ⁾', depth: 1 },
  { lines: ['dw1'], code: 'dw₁ += x₁⁽ⁱ⁾ dz⁽ⁱ⁾', depth: 1 },
  { lines: ['dw2'], code: 'dw₂ += x₂⁽ⁱ⁾ dz⁽ⁱ⁾', depth: 1 },
  { lines: ['db'], code: 'db += dz⁽ⁱ⁾', depth: 1 },
  { lines: ['mean'], code: 'J /= m, dw₁ /= m, dw₂ /= m, db /= m', depth: 0 },
];

@customElement('loop-card')
export class LoopCard extends LitElement {
  static override styles = [base, card, big, loopCardStyles];

  @property() equation = '';
  @property({ attribute: false }) loop: Loop = emptyGraph.loop;
  @property({ type: Number }) done = 0;

  override render(): TemplateResult {
    const moment = this.loop.trace[Math.min(this.done, this.loop.trace.length - 1)];
    return html`<section class="card" aria-labelledby="title">
      <save-menu name="downhill-loop"></save-menu>
      <h2 id="title">${msg('A loop, or vectorised')}</h2>
      <p class="big" data-testid="equation">${this.equation}</p>
      <div class="two">
        <div>
          <h3>${msg('As a loop over i')}</h3>
          <ol class="code" data-testid="loop">
            ${code.map((line) => this.#line(line, moment))}
          </ol>
        </div>
        <div>
          <h3>${msg('Vectorised')}</h3>
          ${this.#vectorized()}
        </div>
      </div>
      ${moment ? this.#accumulators(moment) : nothing} ${moment ? this.#table(moment) : nothing}
    </section>`;
  }

  #line({ lines, code: text, depth }: CodeLine, moment: LoopMoment | undefined): TemplateResult {
    const now = moment !== undefined && lines.includes(moment.line);
    return html`<li class="${depth === 1 ? 'inner' : ''} ${now ? 'now' : ''}" aria-current=${now ? 'step' : nothing}>${text}</li>`;
  }

  #accumulators({ J, dw1, dw2, db, line }: LoopMoment): TemplateResult {
    const cells: readonly (readonly [string, number, LoopLine])[] = [
      ['J', J, 'J'],
      ['dw₁', dw1, 'dw1'],
      ['dw₂', dw2, 'dw2'],
      ['db', db, 'db'],
    ];
    return html`<dl class="sums" data-testid="accumulators">
      ${cells.map(
        ([name, value, own]) =>
          html`<div class=${own === line || line === 'mean' ? 'now' : ''}>
            <dt>${name}</dt>
            <dd>${shown(value)}</dd>
          </div>`,
      )}
    </dl>`;
  }

  #vectorized(): TemplateResult {
    const { J, dw, db } = this.loop.vectorized;
    return html`<ol class="code plain">
        <li>Z = wᵀX + b</li>
        <li>A = σ(Z)</li>
        <li>J = −(1/m) Σ (Y log A + (1 − Y) log(1 − A))</li>
        <li>dZ = A − Y</li>
        <li>dw = (1/m) X dZᵀ</li>
        <li>db = (1/m) Σ dZ</li>
      </ol>
      <p class="quiet result" data-testid="vectorized">J = ${shown(J)}, dw = (${shown(dw[0])}, ${shown(dw[1])}), db = ${shown(db)}</p>
      <p class="quiet">${msg('X has a column for each example. No loop is written: the processor runs it, many examples at a time.')}</p>`;
  }

  #table(moment: LoopMoment): TemplateResult {
    const { examples, vectorized } = this.loop;
    const seen = (i: number): boolean => moment.line === 'mean' || (moment.example !== null && i < moment.example);
    const cell = (i: number, own: number | null, all: number | undefined): string => {
      if (seen(i)) return shown(all ?? Number.NaN);
      return i === moment.example && own !== null ? shown(own) : '';
    };
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${msg('The examples')}>
      <table data-testid="examples">
        <thead>
          <tr>
            ${['i', 'x₁', 'x₂', 'y', 'z', 'a', 'dz'].map((name) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${examples.map(
            ({ x1, x2, y }, i) =>
              html`<tr class=${i === moment.example ? 'now' : ''}>
                <td>${i + 1}</td>
                <td>${shown(x1)}</td>
                <td>${shown(x2)}</td>
                <td>${y}</td>
                <td>${cell(i, moment.z, vectorized.Z[i])}</td>
                <td>${cell(i, moment.a, vectorized.A[i])}</td>
                <td>${cell(i, moment.dz, vectorized.dZ[i])}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'loop-card': LoopCard;
  }
}
