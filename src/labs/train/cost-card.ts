/** `<cost-card>`: the cost of both engines, live, against step or wall-clock; test dashed; and how far the two differ. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { msg } from '@lit/localize';
import '../../ui/charts/line-chart.ts';
import '../../ui/controls/segment-field.ts';
import type { Curve } from '../../ui/charts/curves.ts';
import type { CurvePaintedEvent, LineChart } from '../../ui/charts/line-chart.ts';
import type { ValueEvent } from '../../ui/events.ts';
import { significant } from '../../ui/format.ts';
import { emptyRace, type RaceState } from '../../ui/race-state.ts';
import { base, card } from '../../ui/styles.ts';
import { costCurves, timeUnit, type Against } from './cost-curves.ts';
import { chartSummary, differenceSentence } from './sentences.ts';

@customElement('cost-card')
export class CostCard extends LitElement {
  static override styles = [
    base,
    card,
    css`
      :host {
        display: flex;
      }
      .card {
        flex: 1;
        min-width: 0;
        display: flex;
        flex-direction: column;
        padding-bottom: 10px;
      }
      .top {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 6px 12px;
        margin-bottom: 4px;
      }
      h2 {
        margin: 0;
      }
      .now {
        flex: 1;
      }
      @media (max-width: 759px) {
        .now {
          flex: 1 0 60%;
        }
      }
      .now b {
        color: var(--ink);
      }
      line-chart {
        flex: 1;
      }
      .difference {
        min-height: 20px;
      }
      .difference b {
        color: var(--ink);
      }
    `,
  ];

  @property({ attribute: false }) race: RaceState = emptyRace;
  @state() protected against: Against = 'clock';
  @state() protected logY = false;
  @query('line-chart') protected readonly chart?: LineChart | null;

  #curves: readonly Curve[] = [];
  /** What the curves were made from: as long as it is the same, so are they, and nothing is drawn. */
  #madeFrom: readonly unknown[] = [];

  get canvas(): HTMLCanvasElement | null {
    return this.chart?.canvas ?? null;
  }

  protected override willUpdate(): void {
    const { race, against } = this;
    const unit = timeUnit(race);
    const from = [
      against,
      unit.name,
      ...race.lanes.flatMap(({ report, series }) => [report.kind, series]),
      ...race.tests.map(({ series }) => series),
    ];
    if (from.length === this.#madeFrom.length && from.every((part, i) => part === this.#madeFrom[i])) return;
    this.#madeFrom = from;
    this.#curves = costCurves(race, against, unit);
  }

  override render(): TemplateResult {
    const { race, against } = this;
    const unit = timeUnit(race);
    return html`<section class="card" aria-labelledby="title">
      <div class="top">
        <h2 id="title">${msg('Cost')} <span style="text-transform:none">J</span></h2>
        ${this.#now()}
        <segment-field
          label=${msg('Scale of J')}
          .value=${this.logY ? 'log' : 'linear'}
          .choices=${scaleChoices()}
          @value-change=${this.#scale}
        ></segment-field>
        <segment-field
          data-testid="against"
          label=${msg('Against')}
          .value=${against}
          .choices=${againstChoices()}
          @value-change=${this.#against}
        ></segment-field>
        <train-save></train-save>
      </div>
      <line-chart
        data-testid="cost-chart"
        .curves=${this.#curves}
        xLabel=${against === 'step' ? msg('steps') : unit.name}
        .logY=${this.logY}
        summary=${chartSummary(race)}
        @curve-painted=${this.#painted}
      ></line-chart>
      <p class="quiet difference" data-testid="difference">${this.#difference()}</p>
    </section>`;
  }

  #now(): TemplateResult {
    const cost = this.race.lanes.find(({ series }) => series.cost.length > 0)?.series.cost.at(-1);
    const test = this.race.tests[0]?.series.cost.at(-1);
    if (cost === undefined) return html`<span class="quiet now"></span>`;
    return html`<span class="quiet now">
      <b data-testid="cost-now">${significant(cost)}</b>
      ${msg('train')}${test === undefined ? nothing : html` · <b>${significant(test)}</b> ${msg('test')}`}
    </span>`;
  }

  #difference(): TemplateResult | string {
    const sentence = differenceSentence(this.race);
    if (!sentence)
      return this.race.lanes.length === 1 ? msg('One lane runs alone; with two, this line says how far their curves differ.') : '';
    return html`${sentence.before} <b>${sentence.value}</b>${sentence.after}`;
  }

  #against(event: ValueEvent<string>): void {
    this.against = event.value === 'step' ? 'step' : 'clock';
  }

  #scale(event: ValueEvent<string>): void {
    this.logY = event.value === 'log';
  }

  /** Marks, for whoever measures the page, when each lane's first point stood on the screen. */
  #painted({ id }: CurvePaintedEvent): void {
    if (id === 'gpu' || id === 'cpu') requestAnimationFrame(() => performance.mark(`first-cost-${id}`));
  }
}

const scaleChoices = () => [
  { value: 'linear', label: msg('linear') },
  { value: 'log', label: 'log' },
];

const againstChoices = () => [
  { value: 'step', label: msg('step') },
  { value: 'clock', label: msg('wall-clock') },
];

declare global {
  interface HTMLElementTagNameMap {
    'cost-card': CostCard;
  }
}
