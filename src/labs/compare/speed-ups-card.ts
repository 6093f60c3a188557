/** `<speed-ups-card>`: the speed-ups of all results with their intervals on one axis, the times themselves beside. A table that is a chart. */
import { LitElement, html, nothing, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '@lit/localize';
import '../../ui/charts/save-menu.ts';
import { plain } from '../../ui/format.ts';
import type { SvgColors } from '../../ui/charts/svg-file.ts';
import { base, button, card } from '../../ui/styles.ts';
import type { Comparison } from './column.ts';
import { forestOf, forestSvg, shareAt, type Forest, type ForestAxis, type ForestGroup, type ForestRow } from './forest.ts';
import { speedUpsCardStyles } from './speed-ups-card-styles.ts';

@customElement('speed-ups-card')
export class SpeedUpsCard extends LitElement {
  static override styles = [base, card, button, speedUpsCardStyles];

  @property({ attribute: false }) comparison: Comparison | null = null;

  override render(): TemplateResult | typeof nothing {
    const { comparison } = this;
    if (!comparison || comparison.together.length === 0) return nothing;
    const forest = forestOf(comparison);
    return html`<section class="card" aria-labelledby="title" data-testid="speed">
      <div class="top">
        <h2 id="title">${msg('Speed-up of the GPU, and times per step')}</h2>
        <save-menu name="downhill-speed-ups" .make=${(color: SvgColors) => forestSvg(forest, color)}></save-menu>
      </div>
      ${this.#table(forest)}
      <p class="quiet">
        ${msg('Right of 1 the GPU is faster, left of it the CPU; a line is the 95 % interval. The axis is logarithmic. Times are medians of the fastest lane of each kind.')}
      </p>
    </section>`;
  }

  #table({ groups, axis }: Forest): TemplateResult {
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${msg('Speed-ups and times of all results')}>
      <table>
        <thead>
          <tr>
            <th scope="col">${msg('result')}</th>
            <th scope="col" class="strip">
              ${axis ? html`<span class="hidden-text">${msg('on a logarithmic axis')}</span>${axisPicture(axis)}` : msg('no speed-up: a GPU and a CPU time are needed')}
            </th>
            <th scope="col">${msg('speed-up')}</th>
            <th scope="col" class="gpu">GPU</th>
            <th scope="col" class="cpu">CPU</th>
          </tr>
        </thead>
        ${groups.map((group) => this.#group(group, axis))}
      </table>
    </div>`;
  }

  #group({ name, rows }: ForestGroup, axis: ForestAxis | null): TemplateResult {
    return html`<tbody>
      <tr class="group">
        <th scope="rowgroup" colspan="5">${name}</th>
      </tr>
      ${rows.map((one) => this.#row(one, axis))}
    </tbody>`;
  }

  #row({ column, speedup, words, gpu, cpu, wrong, untimed }: ForestRow, axis: ForestAxis | null): TemplateResult {
    const winner = words?.winner ?? 'even';
    return html`<tr data-testid="speed-row">
      <th scope="row"><b>${column.letter}</b> ${column.name}</th>
      <td class="strip">${speedup && axis ? strip(speedup, axis, winner) : nothing}</td>
      <td>
        ${
          words
            ? html`<span class="figure ${winner}">${words.figure}</span> <span class="quiet">${words.interval}</span>`
            : html`<span class="quiet">${untimed ? msg('not timed') : '–'}</span>`
        }
        ${wrong.length > 0 ? html`<span class="bad">${msg('WRONG')}: ${wrong.join(', ')}</span>` : nothing}
      </td>
      <td class="gpu">${gpu}</td>
      <td class="cpu">${cpu}</td>
    </tr>`;
  }
}

const percent = (share: number): string => `${(100 * share).toFixed(2)}%`;

function strip({ ratio, ci95: [low, high] }: NonNullable<ForestRow['speedup']>, axis: ForestAxis, winner: string): TemplateResult {
  const at = (value: number): string => percent(shareAt(value, axis));
  return html`<svg class="mark ${winner}" width="100%" height="20" aria-hidden="true">
    ${svg`<line class="one" x1=${at(1)} x2=${at(1)} y1="0" y2="20" />
      <line x1=${at(low)} x2=${at(high)} y1="10" y2="10" />
      <circle cx=${at(ratio)} cy="10" r="4.5" />`}
  </svg>`;
}

function axisPicture(axis: ForestAxis): TemplateResult {
  return html`<svg class="axis" width="100%" height="18" aria-hidden="true">
    ${axis.ticks.map((tick) => {
      const share = shareAt(tick, axis);
      const anchor = share < 0.06 ? 'start' : share > 0.94 ? 'end' : 'middle';
      return svg`<text x=${percent(share)} y="13" text-anchor=${anchor}>${plain(tick)}×</text>`;
    })}
  </svg>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'speed-ups-card': SpeedUpsCard;
  }
}
