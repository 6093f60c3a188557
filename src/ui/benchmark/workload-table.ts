/** `<workload-table>`: what one workload of a benchmark came to: a row a lane, and the speed-up. On a phone each row is a block. */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import type { LaneResult, WorkloadResult } from '../../session/bench/report.ts';
import { borne, integer, scientific, significant, type Interval } from '../format.ts';
import { base } from '../styles.ts';
import { laneDetail, laneKind, laneWords, planWords, reasonWords, speedUpWords } from './words.ts';
import { workloadTableStyles } from './workload-table-styles.ts';

@customElement('workload-table')
export class WorkloadTable extends LitElement {
  static override styles = [base, workloadTableStyles];

  @property({ attribute: false }) result: WorkloadResult | null = null;
  /** Steps of a run from end to end. */
  @property({ type: Number }) endToEndSteps = 0;

  override render(): TemplateResult | typeof nothing {
    const { result } = this;
    if (!result) return nothing;
    return html`<section aria-labelledby="name">
      <div class="top">
        <h3 id="name">${result.name}</h3>
        ${this.#speedUp(result)}
      </div>
      ${result.error === null ? html`${this.#table(result.lanes)} ${this.#details(result.lanes)}` : html`<p class="bad" title=${result.error}>${msg('Its data do not fit the memory of this machine.')}</p>`}
      ${result.hiddenRounds === 0 ? nothing : html`<p class="quiet note">${hiddenWords(result.hiddenRounds)}</p>`}
    </section>`;
  }

  #speedUp({ speedup }: WorkloadResult): TemplateResult | typeof nothing {
    if (!speedup) return nothing;
    const { winner, figure, words, sure } = speedUpWords(speedup);
    return html`<p class="speed-up" data-testid="bench-speed-up">
      <b class=${winner ?? ''}>${figure}</b> ${words} <span class="quiet">${sure}</span>
    </p>`;
  }

  /** The roles are said again: a table that is laid out as blocks is none to every browser. */
  #table(lanes: readonly LaneResult[]): TemplateResult {
    const columns = [{ id: 'lane', head: msg('lane') }, ...columnsOf()];
    return html`<table role="table" aria-labelledby="name">
      ${columns.map(({ id }) => html`<col class=${id} />`)}
      <thead role="rowgroup">
        <tr role="row">
          ${columns.map(({ head }) => html`<th role="columnheader" scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${lanes.map(
          (lane) =>
            html`<tr role="row" data-testid="bench-lane">
              <th role="rowheader" scope="row" class=${laneKind(lane.engine)}>${laneWords(lane.engine)}</th>
              ${lane.msPerStep === null ? html`<td role="cell" colspan=${columns.length - 1} class="why">${whyNot(lane)}</td>` : this.#cells(lane)}
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  /** Folded away: shares of the ceilings, and runs from end to end. */
  #details(lanes: readonly LaneResult[]): TemplateResult | typeof nothing {
    const timed = lanes.filter(({ msPerStep }) => msPerStep !== null);
    if (timed.length === 0) return nothing;
    return html`<details data-testid="bench-details">
      <summary>${msg('Shares of what this machine reaches, and end to end')}</summary>
      <ul>
        ${timed.map(
          (lane) => html`<li><b class=${laneKind(lane.engine)}>${laneWords(lane.engine)}</b> ${laneDetail(lane, this.endToEndSteps)}</li>`,
        )}
      </ul>
    </details>`;
  }

  #cells(lane: LaneResult): readonly TemplateResult[] {
    return columnsOf().map(({ id, head, cell }) => {
      const text = cell(lane);
      return html`<td role="cell" data-label=${head} class="${id} ${text === '' ? 'empty' : ''}">${text}</td>`;
    });
  }
}

interface Column {
  readonly id: string;
  readonly head: string;
  readonly cell: (lane: LaneResult) => string;
}

function columnsOf(): readonly Column[] {
  return [
    { id: 'ms', head: msg('ms a step'), cell: (lane) => times(lane)?.value ?? '' },
    { id: 'ci', head: msg('95 % CI'), cell: intervalWords },
    { id: 'answer', head: msg('answer'), cell: answerWords },
    { id: 'rate', head: 'GB/s', cell: ({ gigabytesPerSecond: rate }) => (rate === null ? '' : significant(rate)) },
    { id: 'rate', head: 'GFLOP/s', cell: ({ gigaflopsPerSecond: rate }) => (rate === null ? '' : significant(rate)) },
    { id: 'dispatches', head: msg('dispatches'), cell: dispatchWords },
    { id: 'plan', head: msg('plan'), cell: ({ plan }) => planWords(plan) },
  ];
}

function times({ msPerStep }: LaneResult): Interval | null {
  return msPerStep && borne(msPerStep.median, ...msPerStep.ci95);
}

function intervalWords(lane: LaneResult): string {
  const shown = times(lane);
  return shown ? `${shown.low} – ${shown.high}` : '';
}

function hiddenWords(rounds: number): string {
  const count = integer(rounds);
  return rounds === 1
    ? msg('1 round of blocks was discarded: the tab was hidden.')
    : msg(str`${count} rounds of blocks were discarded: the tab was hidden.`);
}

function answerWords({ checked }: LaneResult): string {
  return checked === null ? '' : msg(str`checked, ±${scientific(checked.maxDifference, 1)}`);
}

/** A plan that does many steps in one dispatch has a fraction of one a step; a CPU has none. */
function dispatchWords({ dispatchesPerStep: count }: LaneResult): string {
  if (!count) return '';
  return count < 1 ? `1/${integer(1 / count)}` : integer(count);
}

/** A wrong answer is loud. */
function whyNot(lane: LaneResult): TemplateResult {
  const { checked } = lane;
  if (checked?.ok === false) {
    const by = scientific(checked.maxDifference);
    return html`<b class="bad">${msg('WRONG')}</b> ${msg(str`It differs from the float64 reference by ${by} of the largest value.`)}`;
  }
  return html`${reasonWords(lane)}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'workload-table': WorkloadTable;
  }
}
