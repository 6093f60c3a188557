/** `<clock-card>`: times of this text, its rivals and the CPU, the roofline, and the strip of the last edits. Emits `kernels-wish`. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import '../../ui/charts/save-menu.ts';
import '../../ui/controls/choice-field.ts';
import '../../ui/controls/number-field.ts';
import './roofline-picture.ts';
import type { ContractInfo, FreeSize, LaneTime, TimeReport } from '../../session/kernels/protocol.ts';
import type { ValueEvent } from '../../ui/events.ts';
import { duration, significant } from '../../ui/format.ts';
import { base, card, softwareNote } from '../../ui/styles.ts';
import { softwareGpuSentences } from '../../ui/words.ts';
import {
  defaultKernels,
  emptyKernels,
  isOutdated,
  shapeText,
  timedShape,
  type KernelsSettings,
  type KernelsState,
} from './kernels-state.ts';
import { KernelsWishEvent } from './kernels-wish.ts';
import { laneText, outdatedText, rateText, ratioText, timeText, whyUntimed } from './words.ts';
import { clockPoints } from './chart-points.ts';

@customElement('clock-card')
export class ClockCard extends LitElement {
  static override styles = [
    base,
    card,
    softwareNote,
    css`
      .sizes {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(124px, 1fr));
        gap: 0 18px;
        --field-width: 76px;
        font-size: 13px;
      }
      .lane {
        margin-top: 10px;
      }
      .head {
        display: flex;
        justify-content: space-between;
        gap: 10px;
      }
      .name {
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .gpu .name {
        color: var(--gpu);
      }
      .cpu .name {
        color: var(--cpu-ink);
      }
      .time {
        font-weight: 640;
        white-space: nowrap;
        font-variant-numeric: tabular-nums;
      }
      .bar {
        height: 6px;
        margin: 3px 0 2px;
        border-radius: 3px;
        background: var(--line);
      }
      .bar i {
        display: block;
        height: 100%;
        min-width: 2px;
        border-radius: 3px;
        background: var(--cpu);
      }
      .gpu .bar i {
        background: var(--gpu);
        opacity: 0.45;
      }
      .edited .bar i {
        opacity: 1;
      }
      .old .name,
      .old .time {
        color: var(--soft);
      }
      .old .bar i,
      .old roofline-picture {
        opacity: 0.3;
      }
      h3 {
        margin: 16px 0 2px;
        font-size: 12.5px;
        font-weight: 600;
        color: var(--soft);
      }
      roofline-picture {
        height: 190px;
      }
      .strip {
        display: flex;
        align-items: flex-end;
        gap: 3px;
        height: 44px;
        margin: 6px 0 2px;
      }
      .strip i {
        flex: 0 1 14px;
        min-height: 2px;
        border-radius: 2px 2px 0 0;
        background: var(--gpu);
        opacity: 0.5;
      }
      .strip i:last-child {
        opacity: 1;
      }
    `,
  ];

  @property({ attribute: false }) state: KernelsState = emptyKernels;
  @property({ attribute: false }) contract: ContractInfo | null = null;
  @property({ attribute: false }) settings: KernelsSettings = defaultKernels;

  override render(): TemplateResult {
    const { contract, state, settings } = this;
    const old = state.time !== null && isOutdated(state);
    return html`<section class="card" aria-labelledby="title">
      ${this.#save(state.time)}
      <h2 id="title">${msg('The clock')}</h2>
      ${
        contract
          ? html`<choice-field
                data-testid="shape"
                label=${msg('Shape')}
                .value=${String(settings.shape)}
                .choices=${contract.timed.map((shape, index) => ({ value: String(index), label: shapeText(shape) }))}
                @value-change=${({ value }: ValueEvent<string>) => this.dispatchEvent(new KernelsWishEvent({ kind: 'shape', index: Number(value) }))}
              ></choice-field>
              <div class="sizes" data-testid="sizes">
                ${(contract.sizes[settings.shape] ?? []).map((size) => this.#size(size, contract))}
              </div>
              ${Object.keys(settings.sizes).length === 0 ? nothing : html`<p class="quiet">${msg('Sizes of your own, in the place of that shape’s.')}</p>`}`
          : nothing
      }
      ${old ? html`<p class="quiet" data-testid="times-outdated">${outdatedText()}</p>` : nothing}
      <div data-testid="times" class=${old ? 'old' : ''}>
        ${state.time ? this.#times(state.time) : html`<p class="quiet">${this.#waiting()}</p>`}
      </div>
      ${this.#strip()}
      ${
        state.processor?.kind === 'gpu' && state.processor.software
          ? html`<p class="software">
              <b>${softwareGpuSentences().what}</b>
              ${msg('Kernels run on the CPU here: what is fast on it says little about graphics hardware.')}
            </p>`
          : nothing
      }
    </section>`;
  }

  #size({ name, most }: FreeSize, contract: ContractInfo): TemplateResult {
    return html`<number-field
      data-testid="size-${name}"
      label=${name}
      .value=${timedShape(contract, this.settings)[name] ?? 1}
      .low=${1}
      .high=${most}
      whole
      @value-change=${({ value }: ValueEvent<number>) => this.dispatchEvent(new KernelsWishEvent({ kind: 'size', name, value }))}
    ></number-field>`;
  }

  #save(report: TimeReport | null): TemplateResult | typeof nothing {
    if (!report) return nothing;
    return html`<save-menu name="downhill-kernel" .points=${() => clockPoints(report)}></save-menu>`;
  }

  #waiting(): string {
    if (this.state.phase === 'timing') return msg('Timing …');
    return this.state.gate && this.state.gate.kind !== 'right'
      ? msg('No time before the answer is right.')
      : msg('Times come after a right answer.');
  }

  #times(report: TimeReport): TemplateResult {
    const longest = Math.max(...report.lanes.map(({ ms }) => ms?.median ?? 0));
    return html`${report.lanes.map((lane) => this.#lane(lane, report, longest))}
      <h3>${msg('Roofline')}</h3>
      ${
        report.ceilings && report.work.flops > 0
          ? html`<roofline-picture .report=${report} .summary=${this.#roofline(report)}></roofline-picture>
              <p class="quiet">${this.#roofline(report)}</p>`
          : html`<p class="quiet">${msg('Nothing but bytes is moved here, so the copy rate is the only roof.')}</p>`
      }`;
  }

  #roofline({ work, ceilings }: TimeReport): string {
    const [copy, fma] = [significant(ceilings?.copyGigabytesPerSecond ?? 0), significant(ceilings?.fmaGigaflopsPerSecond ?? 0)];
    return msg(
      str`${significant(work.flops / work.bytes)} flops a byte, if each byte moved once. The roof: ${copy} GB/s and ${fma} GFLOP/s, measured here in a copy and in multiply-adds. Filled: this text; rings: the tree’s.`,
    );
  }

  #lane(lane: LaneTime, report: TimeReport, longest: number): TemplateResult {
    const kind = lane.kind === 'cpu' ? 'cpu' : `gpu ${lane.kind}`;
    return html`<div class="lane ${kind}">
      <div class="head"><span class="name">${laneText(lane)}</span><span class="time">${timeText(lane, report)}</span></div>
      ${
        lane.ms
          ? html`<div class="bar"><i style="width:${(100 * lane.ms.median) / longest}%"></i></div>
              <p class="quiet">
                ${lane.why === 'once' ? msg('Timed once, for it takes long.') : html`${rateText(lane, report)}${lane.kind === 'plain' ? nothing : html`<br />`}${ratioText(lane)}`}
                ${lane.ratio || lane.why === 'once' ? nothing : msg(str`5th to 95th percentile ${duration(lane.ms.low)} … ${duration(lane.ms.high)}, ${lane.blocks} blocks of ${lane.dispatchesPerBlock}`)}
              </p>`
          : html`<p class="quiet">${whyUntimed(lane)}</p>`
      }
    </div>`;
  }

  #strip(): TemplateResult | typeof nothing {
    const at = shapeText(timedShape(this.contract, this.settings));
    const past = this.state.past.filter(({ contract, shape }) => contract === this.contract?.id && shape === at);
    if (past.length < 2) return nothing;
    const longest = Math.max(...past.map(({ ms }) => ms));
    const [first, last] = [past[0]?.ms ?? 0, past.at(-1)?.ms ?? 0];
    const summary = msg(str`The last ${past.length} runs at this shape, from ${duration(first)} to ${duration(last)}.`);
    return html`<h3>${msg('Your edits')}</h3>
      <div class="strip" role="img" aria-label=${summary}>
        ${past.map(({ ms }) => html`<i style="height:${(100 * ms) / longest}%"></i>`)}
      </div>
      <p class="quiet">${summary}</p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'clock-card': ClockCard;
  }
}
