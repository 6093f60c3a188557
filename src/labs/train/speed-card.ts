/** `<speed-card>`: who is faster and by how much, how sure that is, what it was before, and where a step's time goes. */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import './lane-bar.ts';
import type { MachineReport } from '../../session/protocol.ts';
import { duration, integer } from '../../ui/format.ts';
import { emptyRace, type RaceState } from '../../ui/race-state.ts';
import { base, big, card } from '../../ui/styles.ts';
import { segmentName } from './names.ts';
import { shadeOf, segmentsOf, type SegmentKind } from './segments.ts';
import { softwareGpuSentences } from './sentences.ts';
import { speedCardStyles } from './speed-card-styles.ts';
import { certainty, headline } from './speed-text.ts';

@customElement('speed-card')
export class SpeedCard extends LitElement {
  static override styles = [base, card, big, speedCardStyles];

  @property({ attribute: false }) race: RaceState = emptyRace;
  @property({ attribute: false }) machine: MachineReport | null = null;

  override render(): TemplateResult {
    const { race } = this;
    const longest = Math.max(0, ...race.lanes.map(({ report }) => report.stepMs?.median ?? 0));
    return html`<section class="card" aria-labelledby="title">
      <h2 id="title" class="hidden-text">${msg('Speed')}</h2>
      <div class="top">${this.#headline()} ${this.#aside()}</div>
      <div class="lanes">
        ${race.lanes.map(({ report }) => html`<lane-bar data-testid="lane-bar-${report.kind}" .report=${report} .longestMs=${longest} ?over=${isOver(race)}></lane-bar>`)}
        ${race.lanes.length === 0 ? html`<div class="room"></div>` : nothing}
      </div>
      ${this.#legend()} ${this.#software()}
    </section>`;
  }

  #headline(): TemplateResult {
    const { speedUp, lanes } = this.race;
    if (speedUp) {
      const { winner, figure, words } = headline(speedUp);
      return winner
        ? html`<p class="headline">
            <span class="big ${winner}" data-testid="speed-up">${figure}</span> <span class="words">${words}</span>
          </p>`
        : html`<p class="headline"><span class="big even" data-testid="speed-up">${figure}</span></p>`;
    }
    const [only] = lanes;
    if (lanes.length === 1 && only?.report.stepMs) {
      const { kind, stepMs } = only.report;
      return html`<p class="headline">
        <span class="big ${kind}" data-testid="speed-up">${duration(stepMs.median)}</span>
        <span class="words">${kind === 'gpu' ? msg('a step on the GPU') : msg('a step on the CPU')}</span>
      </p>`;
    }
    return html`<p class="headline"><span class="big wait" data-testid="speed-up">${this.#waiting()}</span></p>`;
  }

  #waiting(): string {
    const { phase } = this.race;
    if (isOver(this.race)) return msg('no speed measured');
    return phase === 'paused' ? msg('paused') : msg('measuring…');
  }

  #aside(): TemplateResult {
    const { speedUp, ghost, lanes } = this.race;
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
    for (const { report } of this.race.lanes) for (const { name } of segmentsOf(report)) kinds.set(name, segmentName(name));
    const floor = this.race.readBackFloorMs;
    return html`<div class="legend quiet">
      ${[...kinds].map(([kind, name]) => html`<span><i style="opacity:${shadeOf(kind)}"></i>${name}</span>`)}
      <span class="how">${this.#how()}${floor === null ? nothing : html`${msg(str`read-back floor ${duration(floor)}`)}`}</span>
    </div>`;
  }

  #how(): string {
    const profile = this.race.lanes.find(({ report }) => report.kind === 'gpu')?.report.profile;
    if (!profile) return '';
    const how = {
      timestamps: msg('GPU shares by timestamps'),
      apart: msg('GPU shares found by leaving parts out'),
      clock: msg('shares by the clock'),
    };
    return `${how[profile.how]} · `;
  }

  #software(): TemplateResult | typeof nothing {
    const gpu = this.machine?.gpu;
    if (!gpu || gpu.absent !== null || !gpu.software || !this.race.lanes.some(({ report }) => report.kind === 'gpu')) return nothing;
    const { what, then } = softwareGpuSentences();
    return html`<p class="software" data-testid="software-gpu"><b>${what}</b> ${then}</p>`;
  }
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
