/** `<points-dialog>`: every run as a row of a table, in a Web Awesome dialog that is fetched when it is first opened. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import type { SweepSample, SweepTime } from '../../session/sweep/protocol.ts';
import { defaultSweeps, training, type SweepSettings } from '../../session/sweep/settings.ts';
import { DialogDoor } from '../../ui/controls/dialog-door.ts';
import { duration, integer, significant } from '../../ui/format.ts';
import { taskOf } from '../../ui/model-rules.ts';
import { base } from '../../ui/styles.ts';
import { laneDetail, laneName } from '../../ui/words.ts';
import { modelName, ordered } from './models.ts';
import { isWrong, quantile, scoreText } from './numbers.ts';

/** Rows that are drawn at once; a long table would hold up a frame. */
const mostRows = 400;

@customElement('points-dialog')
export class PointsDialog extends LitElement {
  static override styles = [
    base,
    css`
      wa-dialog {
        --width: 860px;
      }
      wa-dialog::part(title) {
        font-size: 16px;
        font-weight: 650;
      }
      .scroll {
        overflow: auto;
        max-height: 60vh;
      }
      table {
        border-collapse: collapse;
        width: 100%;
        font-size: 12.5px;
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }
      caption {
        text-align: left;
        padding: 0 0 6px;
        font-weight: 600;
      }
      table + table {
        margin-top: 18px;
      }
      th {
        position: sticky;
        top: 0;
        background: var(--card);
        color: var(--soft);
        font-weight: 500;
      }
      th,
      td {
        padding: 3px 10px 3px 0;
        text-align: right;
        border-bottom: 1px solid var(--line);
      }
      th:first-child,
      td:first-child {
        text-align: left;
      }
      .bad {
        color: var(--bad);
      }
    `,
  ];

  @property({ attribute: false }) settings: SweepSettings = defaultSweeps.fashion;
  @property({ attribute: false }) samples: readonly SweepSample[] = [];
  @property({ attribute: false }) times: readonly SweepTime[] = [];
  protected readonly door = new DialogDoor(this);

  open(): Promise<void> {
    return this.door.open();
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.door.isOpen) return nothing;
    return html`<wa-dialog label=${msg('Points')} open light-dismiss @wa-hide=${this.door.hiding} @wa-after-hide=${this.door.hidden}>
      <div class="scroll" tabindex="0" role="region" aria-label=${msg('Tables of all points')} data-testid="points">
        ${this.samples.length > 0 ? this.#runs() : nothing} ${this.times.length > 0 ? this.#times() : nothing}
      </div>
    </wa-dialog>`;
  }

  #runs(): TemplateResult {
    const order = ordered(this.settings.models);
    const rows = [...this.samples].sort((a, b) => a.m - b.m || order.indexOf(a.model) - order.indexOf(b.model) || a.seed - b.seed);
    const more = rows.length - mostRows;
    const caption = more > 0 ? msg(str`Runs: the first ${mostRows} of ${integer(rows.length)}; Save result holds all.`) : msg('Runs');
    return html`<table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${[
            msg('model'),
            'm',
            msg('seed'),
            msg('test'),
            msg('train'),
            msg('steps'),
            msg('epochs'),
            msg('time'),
            msg('engine'),
            msg('ended'),
          ].map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.slice(0, mostRows).map((sample) => this.#run(sample))}
      </tbody>
    </table>`;
  }

  #run(sample: SweepSample): TemplateResult {
    const { model, m, seed, test, train, steps, seconds, engine, ended } = sample;
    const scored = taskOf(this.settings) === 'regression' ? 'R²' : 'accuracy';
    const score = (value: number | null): string => (value === null ? '–' : scoreText(value, scored));
    return html`<tr data-testid="point">
      <td>${modelName(model, this.settings)}</td>
      <td>${integer(m)}</td>
      <td>${seed + 1}</td>
      <td>${score(test)}</td>
      <td>${score(train)}</td>
      <td>${integer(steps)}</td>
      <td>${significant(epochsOf(sample, this.settings), 2)}</td>
      <td>${duration(1000 * seconds)}</td>
      <td>${engine === 'gpu' ? 'GPU' : laneDetail(engine, 'reference')}</td>
      <td class=${ended === 'diverged' ? 'bad' : ''}>${endedText(sample)}</td>
    </tr>`;
  }

  #times(): TemplateResult {
    const columns = ['m', msg('GPU, median'), msg('5 … 95 %'), msg('CPU, median'), msg('5 … 95 %'), msg('CPU lane'), msg('samples')];
    return html`<table>
      <caption>
        ${msg('Time per step')}
      </caption>
      <thead>
        <tr>
          ${columns.map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${this.times.map(
          ({ m, gpuMs, cpuMs, cpuLane, gpuProblem, cpuProblem }) =>
            html`<tr>
              <td>${integer(m)}</td>
              ${timeCells(gpuMs, gpuProblem)} ${timeCells(cpuMs, cpuProblem)}
              <td>${cpuLane === null ? '–' : `${laneName(cpuLane)}, ${laneDetail(cpuLane, 'reference')}`}</td>
              <td>${integer(Math.max(gpuMs.length, cpuMs.length))}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }
}

function timeCells(ms: readonly number[], problem: string | null): TemplateResult {
  if (ms.length === 0) return html`<td colspan="2" title=${problem ?? nothing}>${timeless(problem)}</td>`;
  const show = (share: number): string => duration(quantile(ms, share));
  return html`<td>${show(0.5)}</td>
    <td>${show(0.05)} … ${show(0.95)}</td>`;
}

function timeless(problem: string | null): string {
  if (problem === null) return '–';
  return isWrong(problem) ? msg('WRONG') : msg('not timed');
}

/** Passes over the examples that were trained on; where a tenth is held out, that tenth is none of them. */
function epochsOf({ steps, m }: SweepSample, { budget }: SweepSettings): number {
  const trained = budget === 'stops' ? Math.ceil(0.9 * m) : m;
  return steps / Math.ceil(trained / Math.min(training.batch, trained));
}

function endedText({ ended, diverged }: SweepSample): string {
  switch (ended) {
    case 'stopped':
      return msg('stopped helping');
    case 'cap':
      return msg('at the cap');
    case 'budget':
      return msg('as asked');
    case 'diverged':
      return diverged === null ? msg('diverged') : msg(str`diverged at step ${integer(diverged.step)}`);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'points-dialog': PointsDialog;
  }
}
