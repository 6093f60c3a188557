/** `<score-card>`: what each model scores on data that it never saw, against m or against the seconds that it took. */
import { LitElement, html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { msg } from '@lit/localize';
import '../../ui/charts/layer-chart.ts';
import '../../ui/charts/save-menu.ts';
import '../../ui/controls/segment-field.ts';
import type { Scored } from '../../session/sweep/protocol.ts';
import { defaultSweeps, type SweepSettings } from '../../session/sweep/settings.ts';
import type { Picture } from '../../ui/charts/layers.ts';
import type { ValueEvent } from '../../ui/events.ts';
import { taskOf } from '../../ui/model-rules.ts';
import { nextTask } from '../../ui/next-task.ts';
import { base, big, card } from '../../ui/styles.ts';
import { chartCardStyles } from './chart-card-styles.ts';
import { scorePicture, secondsPicture } from './score-picture.ts';
import { adviceSentence, scoreHeadline, scoreSentences, scoreSummary } from './sentences.ts';
import { emptySweep, type SweepState } from './sweep-state.ts';

type Against = 'm' | 'seconds';

@customElement('score-card')
export class ScoreCard extends LitElement {
  static override styles = [base, card, big, chartCardStyles];

  @property({ attribute: false }) settings: SweepSettings = defaultSweeps.fashion;
  @property({ attribute: false }) state: SweepState = emptySweep;
  @state() protected against: Against = 'm';
  #picture: Picture | null = null;
  #sentences: readonly string[] = [];
  #madeFrom: readonly unknown[] = [];

  /** In a task of its own: a new point changes several cards, and the page must not stand still for all of them together. */
  protected override async scheduleUpdate(): Promise<void> {
    await nextTask();
    await super.scheduleUpdate();
  }

  /** Pictures and sentences are made anew only when what they tell is new. */
  protected override willUpdate(_changed: PropertyValues<this>): void {
    const { settings, against } = this;
    const { samples } = this.state;
    const from = [settings, samples, against, this.#scored];
    if (from.every((part, i) => part === this.#madeFrom[i])) return;
    this.#madeFrom = from;
    const make = against === 'm' ? scorePicture : secondsPicture;
    this.#picture = make(settings, samples, this.#scored);
    const found = scoreSentences(settings, samples, this.#scored);
    const advice = adviceSentence(settings, samples, this.#scored);
    this.#sentences =
      against === 'm'
        ? found
        : [advice, msg('Each curve is one model, from the smallest m to the largest; both axes are means over the seeds.')];
  }

  get #scored(): Scored {
    return this.state.about?.data.score ?? (taskOf(this.settings) === 'regression' ? 'R²' : 'accuracy');
  }

  override render(): TemplateResult {
    const { settings, state: sweep, against } = this;
    const { figure, words, waiting } = scoreHeadline(settings, sweep.samples, this.#scored, sweep.phase === 'finished');
    return html`<section class="card" aria-labelledby="title">
      <div class="top">
        <h2 id="title">${this.#scored === 'R²' ? msg('Test R²') : msg('Test accuracy')}</h2>
        <segment-field
          data-testid="score-against"
          label=${msg('Against')}
          .value=${against}
          .choices=${[
            { value: 'm', label: msg('against m') },
            { value: 'seconds', label: msg('against seconds') },
          ]}
          @value-change=${this.#against}
        ></segment-field>
        <save-menu ?hidden=${!this.#picture} name="downhill-scores" .picture=${this.#picture}></save-menu>
      </div>
      <p class="big ${waiting ? 'wait' : ''}" data-testid="gain">${figure}</p>
      <p class="words" data-testid="gain-words">${words}</p>
      ${this.#chart()}
      <ul class="found quiet" data-testid="score-found" tabindex="0" aria-label=${msg('What was found')}>
        ${this.#sentences.filter((sentence) => sentence !== '').map((sentence) => html`<li>${sentence}</li>`)}
      </ul>
    </section>`;
  }

  #chart(): TemplateResult {
    const { settings, state: sweep } = this;
    if (!this.#picture) return html`<p class="nothing quiet">${msg('Run the sweep, and each model grows a curve here.')}</p>`;
    const summary =
      this.against === 'm'
        ? scoreSummary(settings, sweep.samples, this.#scored)
        : `${msg('Scores against seconds of training.')} ${this.#sentences.join(' ')}`;
    return html`<layer-chart data-testid="score-chart" .picture=${this.#picture} summary=${summary}></layer-chart>`;
  }

  #against(event: ValueEvent<string>): void {
    this.against = event.value === 'seconds' ? 'seconds' : 'm';
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'score-card': ScoreCard;
  }
}
