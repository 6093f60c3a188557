/** `<cost-curves>`: the cost of each net against the step, and who reached a common cost when. */
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import '../../ui/charts/layer-chart.ts';
import '../../ui/charts/save-menu.ts';
import { integer, significant } from '../../ui/format.ts';
import { base, big, card } from '../../ui/styles.ts';
import { emptyActivations, type ActivationState } from './activation-state.ts';
import { costPicture } from './cost-picture.ts';
import { foundCardStyles } from './found-card-styles.ts';
import { activationName } from './names.ts';
import { costHeadline, divergedSentence } from './sentences.ts';
import { costPoints } from './chart-points.ts';

@customElement('cost-curves')
export class CostCurves extends LitElement {
  static override styles = [
    base,
    card,
    big,
    foundCardStyles,
    css`
      layer-chart {
        flex: 1 1 200px;
        min-height: 200px;
      }
    `,
  ];

  @property({ attribute: false }) state: ActivationState = emptyActivations;
  @property({ type: Number }) steps = 1;

  override render(): TemplateResult {
    const { figure, words, waiting } = costHeadline(this.state);
    const picture = costPicture(this.state.nets, this.steps);
    return html`<section class="card" aria-labelledby="title">
      <div class="top">
        <h2 id="title">${msg('Cost J against steps')}</h2>
        <save-menu
          ?hidden=${!picture}
          name="downhill-activation-costs"
          .picture=${picture}
          .points=${() => costPoints(this.state.nets)}
        ></save-menu>
      </div>
      <p class="big ${waiting ? 'wait' : ''}" data-testid="reached">${figure}</p>
      <p class="words quiet" data-testid="reached-words">${words}</p>
      ${
        picture
          ? html`<layer-chart data-testid="cost-chart" .picture=${picture} summary=${this.#summary()}></layer-chart>`
          : html`<p class="nothing quiet">${msg('Run, and each net grows a curve here.')}</p>`
      }
    </section>`;
  }

  #summary(): string {
    const nets = this.state.nets.map((net) => {
      const [first, last] = [net.costs[0], net.costs.at(-1)];
      if (!first || !last) return '';
      const name = activationName(net.activation);
      const costs = msg(
        str`${name}: J = ${significant(first.cost)} at the start, ${significant(last.cost)} at step ${integer(last.step)}.`,
      );
      return `${costs} ${divergedSentence(net)}`;
    });
    return `${msg('Cost against steps.')} ${nets.join(' ')}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cost-curves': CostCurves;
  }
}
