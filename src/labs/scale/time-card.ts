/** `<time-card>`: what a step takes on both lanes against m, the laws through it, and m*, from which on the GPU pays. */
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '@lit/localize';
import '../../ui/charts/layer-chart.ts';
import '../../ui/charts/save-menu.ts';
import type { MachineReport } from '../../session/protocol.ts';
import { defaultSweeps, type SweepSettings } from '../../session/sweep/settings.ts';
import type { Picture } from '../../ui/charts/layers.ts';
import { nextTask } from '../../ui/next-task.ts';
import { base, big, card, softwareNote } from '../../ui/styles.ts';
import { softwareGpuSentences } from '../../ui/words.ts';
import { chartCardStyles } from './chart-card-styles.ts';
import { timeHeadline, timeSentences, timeSummary } from './sentences.ts';
import { emptySweep, type SweepState } from './sweep-state.ts';
import { timePicture } from './time-picture.ts';

@customElement('time-card')
export class TimeCard extends LitElement {
  static override styles = [base, card, big, softwareNote, chartCardStyles];

  @property({ attribute: false }) settings: SweepSettings = defaultSweeps.fashion;
  @property({ attribute: false }) state: SweepState = emptySweep;
  @property({ attribute: false }) machine: MachineReport | null = null;
  #picture: Picture | null = null;

  /** In a task of its own: a new point changes several cards, and the page must not stand still for all of them together. */
  protected override async scheduleUpdate(): Promise<void> {
    await nextTask();
    await super.scheduleUpdate();
  }

  /** The picture is made anew only when what it shows is new. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('state');
    const same = before && before.times === this.state.times && before.laws === this.state.laws && !changed.has('settings');
    if (changed.has('state') || changed.has('settings')) {
      if (!same) this.#picture = timePicture(this.settings, this.state.times, this.state.laws);
    }
  }

  override render(): TemplateResult {
    const { settings, state } = this;
    const { figure, words, waiting } = timeHeadline(state.laws, state.phase === 'finished');
    return html`<section class="card" aria-labelledby="title">
      <div class="top">
        <h2 id="title">${msg('Time per step')}</h2>
        <save-menu ?hidden=${!this.#picture} name="downhill-time-against-m" .picture=${this.#picture}></save-menu>
      </div>
      <p class="big ${waiting ? 'wait' : ''}" data-testid="crossover">${figure}</p>
      <p class="words" data-testid="crossover-words">${words}</p>
      ${this.#chart()} ${this.#software()}
      <ul class="found quiet" data-testid="time-found" tabindex="0" aria-label=${msg('What was timed')}>
        ${timeSentences(settings, state.times, state.laws).map((sentence) => html`<li>${sentence}</li>`)}
      </ul>
    </section>`;
  }

  #chart(): TemplateResult {
    const { settings, state } = this;
    if (!this.#picture) return html`<p class="nothing quiet">${msg('Run the sweep, and each timed m becomes a point here.')}</p>`;
    return html`<layer-chart
      data-testid="time-chart"
      .picture=${this.#picture}
      summary=${timeSummary(settings, state.times, state.laws)}
    ></layer-chart>`;
  }

  #software(): TemplateResult | typeof nothing {
    const gpu = this.machine?.gpu;
    if (!gpu || gpu.absent !== null || !gpu.software) return nothing;
    const { what, then } = softwareGpuSentences();
    return html`<p class="software" data-testid="software-gpu"><b>${what}</b> ${then}</p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'time-card': TimeCard;
  }
}
