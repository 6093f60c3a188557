/** `<plan-rivals>`: why this plan? The plans that could compute this here, with the times that the tuner found. */
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import type { TuningReport } from '../../session/protocol.ts';
import { duration } from '../../ui/format.ts';
import { base } from '../../ui/styles.ts';
import { planName } from '../../ui/words.ts';

type Trial = TuningReport['trials'][number];

@customElement('plan-rivals')
export class PlanRivals extends LitElement {
  static override styles = [
    base,
    css`
      details {
        margin-top: 6px;
        font-size: 12.5px;
        color: var(--soft);
      }
      summary {
        cursor: pointer;
        color: var(--ink);
      }
      table {
        width: 100%;
        margin-top: 6px;
        border-collapse: collapse;
      }
      td {
        padding: 2px 0;
      }
      td:last-child {
        text-align: right;
      }
      .best td {
        color: var(--ink);
        font-weight: 600;
      }
      .wrong {
        color: var(--bad);
      }
    `,
  ];

  @property({ attribute: false }) tuning: TuningReport | null = null;
  /** The plan was chosen by hand, so that nothing is tried. */
  @property({ type: Boolean }) chosen = false;

  override render(): TemplateResult {
    return html`<details data-testid="why-plan">
      <summary>${msg('Why this plan?')}</summary>
      <p>${this.#says()}</p>
      ${
        this.tuning === null
          ? ''
          : html`<table>
              ${this.tuning.trials.map((trial, index) => row(trial, index === this.tuning?.best))}
            </table>`
      }
    </details>`;
  }

  #says(): string {
    if (this.chosen) return msg('It was chosen by hand. Take “fastest plan” to have every plan tried.');
    switch (this.tuning?.state) {
      case undefined:
        return msg('It suits the shape. Once the speeds are steady, every plan that fits is tried, checked and timed.');
      case 'running':
        return msg('Trying every plan that fits, between blocks of the race:');
      case 'done':
        return msg('Every plan that fits was checked and timed a moment ago; the fastest is remembered:');
      case 'remembered':
        return msg('Found in an earlier race of this shape on this device:');
    }
  }
}

function row(trial: Trial, best: boolean): TemplateResult {
  return html`<tr class=${best ? 'best' : ''}>
    <td>${nameOf(trial)}</td>
    <td class=${trial.problem === 'wrong' ? 'wrong' : ''}>${result(trial)}</td>
  </tr>`;
}

function nameOf({ plan, lanes, groups, matmul }: Trial): string {
  const name = planName(plan);
  if (lanes !== null) return lanes === 1 ? msg(str`${name}, 1 thread an output`) : msg(str`${name}, ${lanes} threads an output`);
  if (groups !== null) return msg(str`${name}, ${groups} workgroups`);
  if (matmul !== null) return tilesName(name, matmul);
  return name;
}

function tilesName(name: string, tiles: NonNullable<Trial['matmul']>): string {
  switch (tiles) {
    case 'tiled':
      return msg(str`${name}, 4 × 4 sums a thread, by workgroup memory`);
    case 'tiled-wide':
      return msg(str`${name}, 8 × 4 sums a thread, by workgroup memory`);
    case 'register':
      return msg(str`${name}, 8 × 4 sums a thread, each reads for itself`);
    case 'quad':
      return msg(str`${name}, 8 × 4 sums a thread, four read for each other`);
  }
}

function result({ ms, problem }: Trial): string {
  if (ms !== null) return duration(ms);
  switch (problem) {
    case 'wrong':
      return msg('WRONG');
    case 'no-time':
      return msg('not tried: no time');
    default:
      return msg('failed');
  }
}
