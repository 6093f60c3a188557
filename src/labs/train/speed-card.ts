/** `<speed-card>`: who is faster and by how much, how sure that is, what it was before, and where a step's time goes. */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import './lane-bar.ts';
import '../../ui/controls/segment-field.ts';
import type { LaneReport, MachineReport } from '../../session/protocol.ts';
import type { ValueEvent } from '../../ui/events.ts';
import { duration, integer } from '../../ui/format.ts';
import { emptyRace, type RaceState } from '../../ui/race-state.ts';
import { base, big, card, softwareNote } from '../../ui/styles.ts';
import { softwareGpuSentences } from '../../ui/words.ts';
import { segmentName } from './names.ts';
import { runSegmentsOf, segmentsOf, shadeOf, unresolvedOf, type SegmentKind, type WholeRun } from './segments.ts';
import { speedCardStyles } from './speed-card-styles.ts';
import { certainty, droppedSpansText, headline, unresolvedText, wholeRunText } from './speed-text.ts';
import { verdictQuestion, verdictSentence } from './verdict-text.ts';

/** What is timed: steps in the steady state, or a run with everything around its steps. */
type View = 'compute' | 'end-to-end';

@customElement('speed-card')
export class SpeedCard extends LitElement {
  static override styles = [base, card, big, softwareNote, speedCardStyles];

  @property({ attribute: false }) race: RaceState = emptyRace;
  @property({ attribute: false }) machine: MachineReport | null = null;

  @state() protected view: View = 'compute';

  get #whole(): boolean {
    return this.view === 'end-to-end';
  }

  #run({ lane }: LaneReport): WholeRun | null {
    return this.race.endToEnd?.lanes.find((run) => run.lane === lane) ?? null;
  }

  override render(): TemplateResult {
    const { race } = this;
    const ms = ({ report }: RaceState['lanes'][number]): number => (this.#whole ? this.#run(report)?.totalMs : report.stepMs?.median) ?? 0;
    const longest = Math.max(0, ...race.lanes.map(ms));
    return html`<section class="card" aria-labelledby="title">
      <train-save></train-save>
      <h2 id="title" class="hidden-text">${msg('Speed')}</h2>
      <div class="top">${this.#headline()} ${this.#aside()} ${this.#toggle()}</div>
      <slot></slot>
      <div class="lanes">
        ${race.lanes.map(({ report }) => this.#laneBar(report, longest))}
        ${race.lanes.length === 0 ? html`<div class="room"></div>` : nothing}
      </div>
      ${this.#legend()} ${this.#why()} ${this.#software()}
    </section>`;
  }

  #laneBar(report: LaneReport, longestMs: number): TemplateResult {
    const { race } = this;
    return html`<lane-bar
      data-testid="lane-bar-${report.kind}"
      .report=${report}
      .longestMs=${longestMs}
      .runSteps=${this.#whole ? (race.endToEnd?.steps ?? race.stepsAsked) : 0}
      .run=${this.#whole ? this.#run(report) : null}
      ?over=${isOver(race)}
      ><slot name=${report.kind}></slot
    ></lane-bar>`;
  }

  #toggle(): TemplateResult {
    return html`<segment-field
      data-testid="timing-view"
      label=${msg('What is timed')}
      .value=${this.view}
      .choices=${[
        { value: 'compute', label: msg('compute only') },
        { value: 'end-to-end', label: msg('end to end') },
      ]}
      @value-change=${this.#choose}
    ></segment-field>`;
  }

  #choose(event: ValueEvent<string>): void {
    this.view = event.value === 'end-to-end' ? 'end-to-end' : 'compute';
  }

  #headline(): TemplateResult {
    const { lanes } = this.race;
    const speedUp = this.#whole ? (this.race.endToEnd?.ratio ?? null) : this.race.speedUp;
    if (speedUp) {
      const { winner, figure, words } = headline(speedUp);
      return winner
        ? html`<p class="headline">
            <span class="big ${winner}" data-testid="speed-up">${figure}</span> <span class="words">${words}</span>
          </p>`
        : html`<p class="headline"><span class="big even" data-testid="speed-up">${figure}</span></p>`;
    }
    const [only] = lanes;
    if (lanes.length === 1 && only) {
      const { kind, stepMs } = only.report;
      const ms = this.#whole ? this.#run(only.report)?.totalMs : stepMs?.median;
      if (ms !== undefined) {
        return html`<p class="headline">
          <span class="big ${kind}" data-testid="speed-up">${duration(ms)}</span>
          <span class="words">${this.#whole ? runOn(kind) : stepOn(kind)}</span>
        </p>`;
      }
    }
    return html`<p class="headline"><span class="big wait" data-testid="speed-up">${this.#waiting()}</span></p>`;
  }

  #waiting(): string {
    const { phase } = this.race;
    if (isOver(this.race)) return msg('no speed measured');
    return phase === 'paused' ? msg('paused') : msg('measuring…');
  }

  #aside(): TemplateResult {
    const { speedUp, ghost, lanes, endToEnd } = this.race;
    if (this.#whole)
      return html`<p class="quiet aside"><span data-testid="certainty">${endToEnd ? wholeRunText(endToEnd) : runsToCome()}</span></p>`;
    const sure = speedUp
      ? html`<span data-testid="certainty">${certainty(speedUp)}</span>`
      : lanes.length > 1 && !isOver(this.race)
        ? html`<span>${msg('Both warm up until their blocks agree; only then a speed is claimed.')}</span>`
        : nothing;
    return html`<p class="quiet aside">
      ${sure}${
        ghost
          ? html`<span class="ghost" data-testid="ghost"
              >${msg(str`before, at m = ${integer(ghost.m)}:`)} <b>${ghostText(ghost.speedUp)}</b></span
            >`
          : nothing
      }
    </p>`;
  }

  #legend(): TemplateResult {
    const kinds = new Map<SegmentKind, string>();
    for (const { report } of this.race.lanes) {
      const run = this.#run(report);
      const segments = !this.#whole ? segmentsOf(report) : run ? runSegmentsOf(run) : [];
      for (const { name } of segments) kinds.set(name, segmentName(name));
    }
    const floor = this.race.readBackFloorMs;
    const dropped = this.#whole ? null : droppedSpansText(sum(this.race.lanes.map(({ report }) => report.profile?.droppedSpans ?? 0)));
    return html`<div class="legend quiet">
      ${[...kinds].map(([kind, name]) => html`<span><i style="opacity:${shadeOf(kind)}"></i>${name}</span>`)}
      ${this.#whole ? nothing : this.race.lanes.flatMap(({ report }) => unresolvedOf(report).map((name) => html`<span>${unresolvedText(report, name)}</span>`))}
      <span class="how">${this.#how()}${floor === null ? nothing : html`${msg(str`read-back floor ${duration(floor)}`)}`}</span>
      ${dropped === null ? nothing : html`<span data-testid="dropped-spans">${dropped}</span>`}
    </div>`;
  }

  #how(): string {
    if (this.#whole) return '';
    const profile = this.race.lanes.find(({ report }) => report.kind === 'gpu')?.report.profile;
    if (!profile) return '';
    const how = {
      timestamps: msg('GPU shares by timestamps'),
      apart: msg('GPU shares found by leaving parts out'),
      clock: msg('shares by the clock'),
    };
    return `${how[profile.how]} · `;
  }

  #why(): TemplateResult | typeof nothing {
    const { verdict, speedUp } = this.race;
    if (!verdict) return nothing;
    return html`<p class="quiet why" data-testid="verdict"><b>${verdictQuestion(speedUp)}</b> ${verdictSentence(verdict)}</p>`;
  }

  #software(): TemplateResult | typeof nothing {
    const gpu = this.machine?.gpu;
    if (!gpu || gpu.absent !== null || !gpu.software || !this.race.lanes.some(({ report }) => report.kind === 'gpu')) return nothing;
    const { what, then } = softwareGpuSentences();
    return html`<p class="software" data-testid="software-gpu"><b>${what}</b> ${then}</p>`;
  }
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

function stepOn(kind: 'cpu' | 'gpu'): string {
  return kind === 'gpu' ? msg('a step on the GPU') : msg('a step on the CPU');
}

function runOn(kind: 'cpu' | 'gpu'): string {
  return kind === 'gpu' ? msg('a run on the GPU') : msg('a run on the CPU');
}

function runsToCome(): string {
  return msg('Upload and read-back are measured beside the race, once its speeds are known.');
}

/** Ended before a speed could be claimed. */
function isOver({ phase }: RaceState): boolean {
  return phase === 'failed' || phase === 'diverged' || phase === 'finished';
}

function ghostText(speedUp: Parameters<typeof headline>[0]): string {
  const { figure, words } = headline(speedUp);
  return `${figure} ${words}`.trim();
}

declare global {
  interface HTMLElementTagNameMap {
    'speed-card': SpeedCard;
  }
}
