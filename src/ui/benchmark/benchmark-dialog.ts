/**
 * `<benchmark-dialog>`: choose workloads, watch them being measured, read and save what they came to. Fetched when it is
 * first opened. The race rests from the start of a benchmark until the dialog is closed; running is `bench-run.ts`'s.
 */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { msg } from '@lit/localize';
import { bench } from '../../session/bench/client.ts';
import type { BenchReport } from '../../session/bench/report.ts';
import type { MachineReport } from '../../session/protocol.ts';
import { DialogDoor } from '../controls/dialog-door.ts';
import { downloadResult } from '../download.ts';
import type { ValueEvent } from '../events.ts';
import type { RaceSession } from '../race-session.ts';
import { base, big, button } from '../styles.ts';
import { BenchRun, isActive, shareDone, type BenchPhase } from './bench-run.ts';
import './benchmark-choice.ts';
import { chosenWorkloads, firstChoice, type BenchChoice } from './benchmark-choice.ts';
import { benchmarkDialogStyles } from './benchmark-dialog-styles.ts';
import './law-table.ts';
import { doingWords, leftWords, scoreWords, standingWords } from './words.ts';
import './workload-table.ts';

/** Drawing more often would only take time from what is measured. */
const redrawMs = 500;

@customElement('benchmark-dialog')
export class BenchmarkDialog extends LitElement {
  static override styles = [base, button, big, benchmarkDialogStyles];

  @property({ attribute: false }) session: RaceSession | null = null;
  @property({ attribute: false }) machine: MachineReport | null = null;
  @property() machineName = '';
  protected readonly door = new DialogDoor(this);
  @state() protected choice: BenchChoice = firstChoice;
  @query('.primary') protected readonly mainButton?: HTMLButtonElement | null;
  #timer: ReturnType<typeof setInterval> | null = null;
  #goOn: (() => void) | null = null;
  #resting: Promise<() => void> | null = null;
  #phase: BenchPhase = 'choosing';
  #changed = false;

  readonly #run = new BenchRun(
    {
      bench,
      rest: async () => {
        this.#resting ??= this.session?.rest() ?? null;
        const goOn = await this.#resting;
        // closed before the race had come to rest: it may go on at once
        if (this.isOpen) this.#goOn = goOn;
        else {
          this.#resting = null;
          goOn?.();
        }
      },
      clock: () => performance.now(),
      seed: 1,
      keep: (report) => void this.session?.results.keep(`bench-${report.environment.takenAt}`, report),
    },
    () => this.#renew(),
  );

  /** While it is open, keys are its own. */
  get isOpen(): boolean {
    return this.door.isOpen;
  }

  open(): Promise<void> {
    return this.door.open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#run.stop();
    this.#tick();
  }

  protected override updated(): void {
    this.#tick();
    // a button that is pressed makes room for the next one, which is where the keyboard then is
    if (this.isOpen && this.#changed && this.shadowRoot?.activeElement === null) this.mainButton?.focus();
    this.#changed = false;
  }

  #renew(): void {
    const { phase } = this.#run.state;
    this.#changed ||= phase !== this.#phase;
    this.#phase = phase;
    this.requestUpdate();
  }

  #tick(): void {
    if (this.#run.active && this.isConnected) {
      this.#timer ??= setInterval(() => this.requestUpdate(), redrawMs);
    } else if (this.#timer !== null) {
      clearInterval(this.#timer);
      this.#timer = null;
    }
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.isOpen) return nothing;
    const { phase, report } = this.#run.state;
    return html`<wa-dialog label=${msg('Benchmark')} open @wa-hide=${this.#hide} @wa-after-hide=${this.#hidden}>
      <div data-testid="benchmark">
        ${this.#warning()}
        ${
          phase === 'choosing'
            ? html`<p class="intro">
                  ${msg('Each lane of this machine computes the same bits, is checked against float64, and is then timed in turns with the others. The race rests meanwhile.')}
                </p>
                <benchmark-choice .choice=${this.choice} @value-change=${this.#choose}></benchmark-choice>`
            : html`${this.#standing()} ${report ? this.#score(report) : nothing}`
        }
        ${report?.workloads.map((result) => html`<workload-table data-testid="bench-workload" .result=${result} .endToEndSteps=${report.endToEndSteps}></workload-table>`)}
        ${report?.laws.map((law) => html`<law-table data-testid="bench-law" .law=${law}></law-table>`)}
      </div>
      <div slot="footer" class="footer">${this.#buttons(report)}</div>
    </wa-dialog>`;
  }

  #warning(): TemplateResult | typeof nothing {
    const gpu = this.machine?.gpu;
    if (!gpu) return nothing;
    if (gpu.absent !== null) {
      return html`<p class="loud"><b>${msg('There is no GPU here.')}</b> ${msg('Only the lanes of the CPU are measured.')}</p>`;
    }
    if (!gpu.software) return nothing;
    return html`<p class="loud" data-testid="bench-software">
      <b>${msg('This GPU is software: it computes on the CPU.')}</b> ${msg('Its times say nothing about a graphics card.')}
    </p>`;
  }

  #standing(): TemplateResult {
    const { state } = this.#run;
    const { active } = this.#run;
    const now = performance.now();
    const share = Math.round(100 * shareDone(state, now));
    return html`<div class="standing">
      <p role="status" data-testid="bench-status" class=${state.phase}>${standingWords(state)}</p>
      ${
        active
          ? html`<p class="quiet">${state.progress ? html`${doingWords(state.progress)} · ${leftWords(state, now)}` : nothing}</p>
              <div class="track" role="progressbar" aria-label=${msg('Benchmark')} aria-valuenow=${share}>
                <div style="transform:scaleX(${share / 100})"></div>
              </div>`
          : nothing
      }
    </div>`;
  }

  #score(report: BenchReport): TemplateResult | typeof nothing {
    const score = scoreWords(report);
    if (!score) return nothing;
    return html`<p class="score" data-testid="bench-score">
      <span class="big ${score.winner ?? 'even'}">${score.figure}</span> <span class="words">${score.words}</span>
      <span class="quiet">${score.sure}</span>
    </p>`;
  }

  #buttons(report: BenchReport | null): TemplateResult {
    const { phase } = this.#run.state;
    const save = html`<button
      class="btn"
      data-testid="bench-save"
      ?disabled=${report === null}
      @click=${() => report && downloadResult(report, this.machineName)}
    >
      ${msg('Save result')}
    </button>`;
    return html`${phase === 'choosing' ? nothing : save} ${this.#main(phase)}`;
  }

  #main(phase: BenchPhase): TemplateResult {
    if (phase === 'choosing') {
      const none = this.choice.names.length === 0 && !this.choice.law;
      return html`<button class="btn primary" autofocus data-testid="bench-start" ?disabled=${none} @click=${this.#start}>
        ${msg('Start')}
      </button>`;
    }
    if (isActive(phase)) {
      return html`<button class="btn primary" data-testid="bench-stop" @click=${() => this.#run.stop()}>${msg('Stop')}</button>`;
    }
    return html`<button class="btn primary" data-testid="bench-again" @click=${() => this.#run.clear()}>${msg('Measure again')}</button>`;
  }

  #choose({ value }: ValueEvent<BenchChoice>): void {
    this.choice = value;
  }

  #start(): void {
    const { names, seconds, law } = this.choice;
    void this.#run.start(chosenWorkloads(names), 1000 * seconds, law);
  }

  /** Escape first stops what runs, so that it is seen what was kept; then it closes. */
  #hide(event: Event): void {
    if (!this.#run.active) return this.door.hiding(event);
    event.preventDefault();
    this.#run.stop();
  }

  #hidden(event: Event): void {
    if (!this.door.hidden(event)) return;
    if (this.#goOn) this.#resting = null;
    this.#goOn?.();
    this.#goOn = null;
    this.dispatchEvent(new Event('benchmark-closed'));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'benchmark-dialog': BenchmarkDialog;
  }
}
