/** `<times-card>`: what a gradient step on m examples takes here: the loop, the vectorised form, the GPU. Emits `graph-wish`. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import '../../ui/charts/save-menu.ts';
import '../../ui/controls/choice-field.ts';
import type { LaneResult } from '../../session/bench/report.ts';
import type { MachineReport } from '../../session/protocol.ts';
import type { ValueEvent } from '../../ui/events.ts';
import { integer } from '../../ui/format.ts';
import { base, button, card, softwareNote } from '../../ui/styles.ts';
import { softwareGpuSentences } from '../../ui/words.ts';
import { defaultGraph, emptyGraph, timedSizes, type GraphSettings, type Timing } from './graph-state.ts';
import { GraphWishEvent, type GraphWish } from './graph-wish.ts';
import { laneTimes, timesSentence, type LaneTime } from './times-words.ts';
import { timePoints } from './chart-points.ts';

@customElement('times-card')
export class TimesCard extends LitElement {
  static override styles = [
    base,
    card,
    button,
    softwareNote,
    css`
      .lane {
        margin-top: 12px;
      }
      .head {
        display: flex;
        justify-content: space-between;
        gap: 10px;
      }
      .name {
        font-weight: 600;
      }
      .cpu .name {
        color: var(--cpu-ink);
      }
      .gpu .name {
        color: var(--gpu);
      }
      .time {
        font-weight: 640;
        white-space: nowrap;
      }
      .bar {
        height: 8px;
        margin: 4px 0 2px;
        border-radius: 4px;
        background: var(--line);
      }
      .bar i {
        display: block;
        height: 100%;
        min-width: 2px;
        border-radius: 4px;
        background: var(--cpu);
      }
      .gpu .bar i {
        background: var(--gpu);
      }
      .btn {
        margin: 10px 0 4px;
        width: 100%;
      }
      .wrong {
        color: var(--bad);
      }
    `,
  ];

  @property({ attribute: false }) settings: GraphSettings = defaultGraph;
  @property({ attribute: false }) timing: Timing = emptyGraph.timing;
  @property({ attribute: false }) machine: MachineReport | null = null;

  override render(): TemplateResult {
    const { settings, timing } = this;
    const running = timing.phase === 'running';
    const sizes = timedSizes.map((m) => ({ value: String(m), label: integer(m) }));
    return html`<section class="card" aria-labelledby="title">
      ${
        timing.report
          ? html`<save-menu name="downhill-loop-times" .points=${() => timePoints(timing.report?.workloads[0]?.lanes ?? [])}></save-menu>`
          : nothing
      }
      <h2 id="title">${msg('What each takes here')}</h2>
      <choice-field
        data-testid="timed-m"
        label=${msg('Examples m')}
        .value=${String(settings.timedM)}
        .choices=${sizes}
        @value-change=${({ value }: ValueEvent<string>) => this.#wish({ kind: 'change', patch: { timedM: Number(value) } })}
      ></choice-field>
      <button class="btn" data-testid="time" @click=${() => this.#wish({ kind: running ? 'cancel-timing' : 'time' })}>
        ${running ? msg('Stop') : msg('Time them')}
      </button>
      <p class="quiet" role="status" data-testid="timing">${this.#sentence()}</p>
      ${timing.report ? this.#lanes(timing.report.workloads[0]?.lanes ?? []) : nothing} ${timing.report ? this.#software() : nothing}
    </section>`;
  }

  #sentence(): string {
    const { timing, settings } = this;
    switch (timing.phase) {
      case 'idle':
        return msg(
          str`One gradient step with n = 2 on ${integer(settings.timedM)} examples. Each answer is checked before its time is shown.`,
        );
      case 'running':
        return `${timing.words === '' ? msg('waiting until nothing else computes') : timing.words} …`;
      case 'failed':
        return msg(str`The timing stopped: ${timing.words}. Time them once more, or take a smaller m.`);
      case 'done':
        return timesSentence(timing.report?.workloads[0]?.lanes ?? []);
    }
  }

  #lanes(lanes: readonly LaneResult[]): TemplateResult {
    return html`<div data-testid="times">${laneTimes(lanes, this.machine?.gpu ?? null).map((lane) => this.#lane(lane))}</div>`;
  }

  #lane({ kind, name, time, ratio, share, why, isWrong }: LaneTime): TemplateResult {
    return html`<div class="lane ${kind}">
      <div class="head"><span class="name">${name}</span><span class="time">${time}</span></div>
      ${share === null ? nothing : html`<div class="bar"><i style="width:${share * 100}%"></i></div>`}
      <p class="quiet ${isWrong ? 'wrong' : ''}">${why ?? ratio}</p>
    </div>`;
  }

  #software(): TemplateResult | typeof nothing {
    const gpu = this.machine?.gpu;
    if (!gpu || gpu.absent !== null || !gpu.software) return nothing;
    const { what, then } = softwareGpuSentences();
    return html`<p class="software" data-testid="software-gpu"><b>${what}</b> ${then}</p>`;
  }

  #wish(wish: GraphWish): void {
    this.dispatchEvent(new GraphWishEvent(wish));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'times-card': TimesCard;
  }
}
