/** `<accuracy-card>`: how well it answers: train and test, with the confusion matrix, or R² with predicted against true. */
import { LitElement, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import '../../ui/charts/scatter-chart.ts';
import type { DataReport, Insight } from '../../session/protocol.ts';
import { integer, percent } from '../../ui/format.ts';
import { base, big, card } from '../../ui/styles.ts';
import { accuracyCardStyles } from './accuracy-card-styles.ts';

@customElement('accuracy-card')
export class AccuracyCard extends LitElement {
  static override styles = [base, card, big, accuracyCardStyles];

  @property({ attribute: false }) data: DataReport | null = null;
  @property({ attribute: false }) insight: Insight | null = null;

  override render(): TemplateResult {
    const regression = this.data?.task === 'regression';
    return html`<section class="card" aria-labelledby="title">
      <train-save></train-save>
      <h2 id="title">${regression ? msg('Fit, R²') : msg('Accuracy')}</h2>
      <div class="scores">${this.#score('train')} ${this.#score('test')}</div>
      ${regression ? this.#scatter() : this.#confusion()}
    </section>`;
  }

  #score(part: 'train' | 'test'): TemplateResult {
    const { insight, data } = this;
    const score = insight === null ? null : part === 'train' ? insight.trainScore : insight.testScore;
    const count = part === 'train' ? insight?.trainExamples : insight?.testExamples;
    const all = part === 'train' ? data?.m : data?.mTest;
    const name = part === 'train' ? msg('train') : msg('test');
    const text = score === null ? '–' : data?.task === 'regression' ? score.toFixed(3).replace('-', '−') : percent(score, count);
    return html`<div>
      <div class="big" data-testid="score-${part}">${text}</div>
      <span class="quiet"
        >${count !== undefined && all !== undefined && count < all ? msg(str`${name}, first ${integer(count)}`) : name}</span
      >
    </div>`;
  }

  #confusion(): TemplateResult {
    const names = this.data?.classNames ?? [];
    const rows = this.insight?.confusion ?? [];
    if (rows.length === 0) return this.#soon();
    return rows.length === 2 ? this.#small(rows, names) : this.#large(rows, names);
  }

  #soon(): TemplateResult {
    return html`<p class="room quiet">${msg('The first answers come after a few steps.')}</p>`;
  }

  #small(rows: Insight['confusion'], names: readonly string[]): TemplateResult {
    return html`<table class="small" data-testid="confusion">
      <caption class="hidden-text">
        ${msg('Test examples by class: a row a true class, a column an answer')}
      </caption>
      <tr>
        <td></td>
        ${names.map((name) => html`<th scope="col">ŷ = ${name}</th>`)}
      </tr>
      ${rows.map(
        (row, i) =>
          html`<tr>
            <th scope="row">${names[i]}</th>
            ${row.map((count, j) => html`<td class=${i === j ? 'right' : count > 0 ? 'wrong' : 'none'}>${integer(count)}</td>`)}
          </tr>`,
      )}
    </table>`;
  }

  #large(rows: Insight['confusion'], names: readonly string[]): TemplateResult {
    const most = Math.max(1, ...rows.map((row) => row.reduce((sum, count) => sum + count, 0)));
    const cell = (count: number, i: number, j: number): TemplateResult => {
      const strength = Math.round(100 * Math.sqrt(count / most));
      const says = msg(str`${names[i] ?? ''}, answered ${names[j] ?? ''}: ${count}`);
      return html`<td class=${i === j ? 'right' : 'wrong'} title=${says} style="--strength:${count === 0 ? 0 : Math.max(6, strength)}%">
        <span class="hidden-text">${count}</span>
      </td>`;
    };
    return html`<table class="large" data-testid="confusion">
        <caption class="hidden-text">
          ${msg('Test examples by class: a row a true class, a column an answer')}
        </caption>
        <colgroup>
          <col class="names" />
        </colgroup>
        ${rows.map(
          (row, i) =>
            html`<tr>
              <th scope="row">${names[i]}</th>
              ${row.map((count, j) => cell(count, i, j))}
            </tr>`,
        )}
      </table>
      <p class="quiet key">${msg('A row a true class, a column an answer in the same order; right in ink, wrong in red.')}</p>`;
  }

  #scatter(): TemplateResult {
    const { insight, data } = this;
    if (!insight?.scatter) return this.#soon();
    return html`<scatter-chart
        .x=${insight.scatter.truth}
        .y=${insight.scatter.predicted}
        summary=${msg(str`Predicted against true ${data?.targetName ?? 'y'} of ${insight.scatter.truth.length} test examples; R² is ${insight.testScore.toFixed(2)}.`)}
      ></scatter-chart>
      <p class="quiet key">${msg(str`ŷ against true y (${data?.targetName ?? 'y'}); on the line, it is right.`)}</p>`;
  }
}
