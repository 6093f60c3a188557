/** `<train-transport>`: run, pause, step, reset; how far it is and what it is doing; link and picture. Emits commands. */
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import type { RacePhase } from '../../session/protocol.ts';
import { defaultSettings, type Settings } from '../../session/settings.ts';
import { CopyLink } from '../../ui/copy-link.ts';
import { RaceCommandEvent, SaveResultEvent, type RaceCommand } from '../../ui/events.ts';
import { integer, roughly } from '../../ui/format.ts';
import { emptyRace, stepsDone, type RaceState } from '../../ui/race-state.ts';
import { base, button } from '../../ui/styles.ts';
import { pauseSign, runSign } from '../../ui/transport-signs.ts';
import { transportStyles } from '../../ui/transport-styles.ts';
import { loadingText, statusSentence } from './sentences.ts';

@customElement('train-transport')
export class TrainTransport extends LitElement {
  static override styles = [base, button, transportStyles];

  @property({ attribute: false }) settings: Settings = defaultSettings.cats;
  @property({ attribute: false }) race: RaceState = emptyRace;
  readonly #link = new CopyLink(this);
  #status = '';

  /** A new sentence only when the race enters another phase: a screen reader is not to be talked over. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('race') || changed.has('settings')) this.#status = statusSentence(this.race, this.settings);
  }

  override render(): TemplateResult {
    const { race } = this;
    const going = race.wantsToRun && (race.phase === 'racing' || race.phase === 'preparing' || race.phase === 'loading');
    return html`<footer aria-label=${msg('Transport')}>
      <div class="progress" style="transform:scaleX(${this.#share()})"></div>
      <div class="buttons">
        <button class="btn primary" data-testid="run" aria-keyshortcuts="Space" @click=${() => this.#command('toggle')}>
          ${going ? html`${pauseSign} ${msg('Pause')}` : html`${runSign} ${runWord(race.phase)}`}
        </button>
        <button class="btn" data-testid="step" aria-keyshortcuts="." @click=${() => this.#command('step')}>${msg('Step')}</button>
        <button class="btn" data-testid="reset" aria-keyshortcuts="r" @click=${() => this.#command('reset')}>${msg('Reset')}</button>
      </div>
      <div class="count" data-testid="steps">
        <b>${integer(this.#steps())}</b> / ${integer(race.stepsAsked || this.settings.steps)} ${msg('steps')}
      </div>
      <p class="status quiet">
        <span role="status" data-testid="status">${this.#status}</span> <span aria-hidden="true">${this.#aside()}</span>
      </p>
      <div class="buttons out">
        <button class="btn" data-testid="copy-link" @click=${() => this.#link.copy(msg('The link to this race'))}>
          ${this.#link.copied ? msg('Copied') : msg('Copy link')}
        </button>
        <button class="btn" data-testid="take-model" @click=${() => this.dispatchEvent(new Event('take-model'))}>
          ${msg('Take model')}
        </button>
        <button class="btn" data-testid="save-picture" @click=${this.#save}>${msg('Save picture')}</button>
        <button
          class="btn"
          data-testid="save-result"
          title=${msg('All times with where and how they were measured, as a JSON file')}
          ?disabled=${!hasTimes(this.race)}
          @click=${() => this.dispatchEvent(new SaveResultEvent())}
        >
          ${msg('Save result')}
        </button>
      </div>
    </footer>`;
  }

  #steps(): number {
    return this.race.stale ? 0 : stepsDone(this.race);
  }

  #share(): number {
    const { race } = this;
    if (race.phase === 'loading' && race.loading?.totalBytes) return Math.min(1, race.loading.loadedBytes / race.loading.totalBytes);
    return Math.min(1, this.#steps() / Math.max(1, race.stepsAsked || this.settings.steps));
  }

  #aside(): string | typeof nothing {
    const { race } = this;
    if (race.phase === 'loading') return loadingText(race);
    if (race.phase !== 'racing' || race.stale) return nothing;
    const perStepMs = race.lanes.reduce((sum, { report }) => sum + (report.stepMs?.median ?? 0), 0);
    const leftSeconds = ((race.stepsAsked - this.#steps()) * perStepMs) / 1000;
    return perStepMs > 0 && leftSeconds > 5 ? msg(str`About ${roughly(leftSeconds)} left.`) : nothing;
  }

  #command(command: RaceCommand): void {
    this.dispatchEvent(new RaceCommandEvent(command));
  }

  #save(): void {
    this.dispatchEvent(new Event('save-picture'));
  }
}

/** There is something to save once a lane is steady. */
function hasTimes({ stale, lanes }: RaceState): boolean {
  return !stale && lanes.some(({ report }) => report.stepMs !== null);
}

/** Run goes on where it can, for as many steps again after the end, and begins anew after a fault. */
function runWord(phase: RacePhase): string {
  if (phase === 'finished') return msg('Run on');
  return phase === 'diverged' || phase === 'failed' ? msg('Run again') : msg('Run');
}

declare global {
  interface HTMLElementTagNameMap {
    'train-transport': TrainTransport;
  }
}
