/** `<law-table>`: the law t = fixed + slope · m of one lane, and how far each of its times lies from it. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import type { LawResult } from '../../session/bench/report.ts';
import { integer, significant } from '../format.ts';
import { base } from '../styles.ts';
import { laneKind, laneWords, lawWords, offTheLine, planWords } from './words.ts';

@customElement('law-table')
export class LawTable extends LitElement {
  static override styles = [
    base,
    css`
      section {
        padding: 14px 0 12px;
        border-top: 1px solid var(--line);
      }
      h3 {
        margin: 0;
        font-size: 14px;
        font-weight: 650;
      }
      .gpu {
        color: var(--gpu);
      }
      .cpu {
        color: var(--cpu-ink);
      }
      .law {
        padding-top: 2px;
        font-size: 17px;
        font-weight: 640;
        font-variant-numeric: tabular-nums;
      }
      table {
        margin-top: 6px;
        border-collapse: collapse;
        font-size: 13px;
        font-variant-numeric: tabular-nums;
      }
      th,
      td {
        padding: 3px 24px 3px 0;
        text-align: right;
        font-weight: 400;
      }
      thead th {
        font-size: 12px;
        color: var(--soft);
      }
    `,
  ];

  @property({ attribute: false }) law: LawResult | null = null;

  override render(): TemplateResult | typeof nothing {
    const { law } = this;
    if (!law) return nothing;
    const { engine, plan, model, n, points } = law;
    return html`<section aria-labelledby="name">
      <h3 id="name" class=${laneKind(engine)}>${laneWords(engine)}</h3>
      <p class="law">${lawWords(law)}</p>
      <p class="quiet">
        ${msg(str`a step of ${model}, n_x = ${integer(n)}, ${planWords(plan)}, fitted to ${integer(points.length)} sizes`)}
      </p>
      <table aria-labelledby="name">
        <thead>
          <tr>
            <th scope="col">m</th>
            <th scope="col">${msg('ms a step')}</th>
            <th scope="col">${msg('off the line')}</th>
          </tr>
        </thead>
        <tbody>
          ${points.map(
            ({ m, medianMs, deviation }) =>
              html`<tr>
                <td>${integer(m)}</td>
                <td>${significant(medianMs)}</td>
                <td>${offTheLine(deviation)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'law-table': LawTable;
  }
}
