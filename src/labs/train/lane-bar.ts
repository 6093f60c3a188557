/** `<lane-bar>`: one engine's time a step as a bar, cut where the plan dispatches apart, with its numbers. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import { msg, str } from '@lit/localize';
import type { LaneReport } from '../../session/protocol.ts';
import { duration, durationBeside, integer, rate, signedPercent } from '../../ui/format.ts';
import { base } from '../../ui/styles.ts';
import { laneDetail, laneName } from '../../ui/words.ts';
import { segmentName } from './names.ts';
import { runSegmentsOf, segmentsOf, shadeOf, type Segment, type WholeRun } from './segments.ts';
import { arithmeticText, bandwidthText } from '../../ui/share-text.ts';

@customElement('lane-bar')
export class LaneBar extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        container-type: inline-size;
      }
      .lane {
        display: grid;
        grid-template-columns: 84px minmax(0, 1fr) 96px;
        gap: 2px 12px;
        align-items: center;
        min-height: 46px;
        margin: 3px 0 6px;
      }
      .name,
      .value {
        grid-row: 1 / span 2;
      }
      .value {
        grid-column: 3;
      }
      .gpu {
        --lane: var(--gpu);
        --lane-ink: var(--gpu);
      }
      .cpu {
        --lane: var(--cpu);
        --lane-ink: var(--cpu-ink);
      }
      .name {
        font-weight: 600;
        color: var(--lane-ink);
        line-height: 1.3;
      }
      small {
        display: block;
        font-size: 12px;
        font-weight: 400;
        color: var(--soft);
        line-height: 1.4;
      }
      .bar {
        height: 22px;
        min-width: 3px;
        border-radius: 5px;
        display: flex;
        overflow: hidden;
        gap: 1px;
      }
      .bar i {
        display: block;
        height: 100%;
        min-width: 1px;
        background: var(--lane);
      }
      .facts {
        grid-column: 2;
        align-self: start;
        min-height: 17px;
        text-wrap: pretty;
      }
      /* On a phone the facts have the whole width. */
      @container (max-width: 520px) {
        .name,
        .value {
          grid-row: 1;
        }
        .facts {
          grid-column: 1 / -1;
        }
      }
      .value {
        text-align: right;
        font-weight: 600;
        line-height: 1.3;
      }
      .wrong {
        color: var(--bad);
      }
      .waiting {
        width: 100%;
        border-radius: 5px;
        height: 22px;
        border: 1px dashed var(--line);
      }
    `,
  ];

  @property({ attribute: false }) report: LaneReport | null = null;
  /** The longest lane's milliseconds, of a step or of a whole run: the full width. */
  @property({ type: Number }) longestMs = 0;
  /** The steps of a run from end to end, when that is what is shown, and this lane's times for it. */
  @property({ type: Number }) runSteps = 0;
  @property({ attribute: false }) run: WholeRun | null = null;

  /** The race has ended: what is not known yet will not be. */
  @property({ type: Boolean }) over = false;

  override render(): TemplateResult | typeof nothing {
    const { report } = this;
    if (!report) return nothing;
    return html`<div class="lane ${report.kind}">
      <div class="name">${laneName(report.lane)}<small>${laneDetail(report.lane, report.plan)}</small></div>
      <div>${this.#bar(report)}</div>
      <div class="value">${this.#value(report)}</div>
      ${this.#facts(report)}<slot></slot>
    </div>`;
  }

  #facts(report: LaneReport): TemplateResult {
    if (this.runSteps > 0) return html`<small class="facts">${this.run ? runFacts(this.run, this.runSteps) : ''}</small>`;
    return html`<small
      class="facts"
      title=${msg('Effective bandwidth and rate; 5th to 95th percentile of the blocks; time to compile, upload and do the first step')}
      >${facts(report)}</small
    >`;
  }

  #value(report: LaneReport): TemplateResult | string {
    if (this.runSteps === 0 || report.checked === false) return value(report, this.longestMs, this.over);
    if (!this.run) return html`<small>${this.over ? '–' : msg('measuring…')}</small>`;
    return html`${duration(this.run.totalMs)}<small>${msg('a run')}</small>`;
  }

  #bar(report: LaneReport): TemplateResult {
    const { stepMs } = report;
    const ms = this.runSteps > 0 ? this.run?.totalMs : stepMs?.median;
    if (ms === undefined || report.checked === false || this.longestMs <= 0) return html`<div class="waiting"></div>`;
    const segments = this.runSteps > 0 && this.run ? runSegmentsOf(this.run) : segmentsOf(report);
    const width = `${(100 * ms) / this.longestMs}%`;
    const label = segments.map((segment) => `${segmentName(segment.name)} ${Math.round(segment.share * 100)} %`).join(', ');
    return html`<div class="bar" role="img" aria-label=${label || laneName(report.lane)} style=${styleMap({ width })}>
      ${segments.length === 0 ? html`<i style="flex:1"></i>` : segments.map(part)}
    </div>`;
  }
}

function part({ name, share, ms }: Segment): TemplateResult {
  const shade = Math.round(shadeOf(name) * 100);
  const styles = styleMap({
    flex: String(share),
    background: shade === 100 ? 'var(--lane)' : `color-mix(in oklab, var(--lane) ${shade}%, var(--card))`,
  });
  return html`<i title="${segmentName(name)}: ${duration(ms)}" style=${styles}></i>`;
}

function value(report: LaneReport, longestMs: number, over: boolean): TemplateResult | string {
  if (report.checked === false) return html`<span class="wrong">${msg('WRONG')}<small>${msg('answers differ')}</small></span>`;
  if (!report.stepMs) return html`<small>${over ? '–' : msg('measuring…')}</small>`;
  const { median } = report.stepMs;
  return html`${durationBeside(median, longestMs)}<small>${msg(str`${rate(1000 / median)} steps/s`)}</small>`;
}

/** Cold time, spread, and the rates that a step reaches. */
function facts(report: LaneReport): string {
  const { coldMs, stepMs, gigabytesPerSecond, shareOfCopy, gigaflopsPerSecond, shareOfFma, checked, outlierBlocks, drift } = report;
  const parts: string[] = [];
  if (gigabytesPerSecond !== null) parts.push(bandwidthText(gigabytesPerSecond, shareOfCopy));
  if (gigaflopsPerSecond !== null) parts.push(arithmeticText(gigaflopsPerSecond, shareOfFma));
  if (stepMs) parts.push(`${duration(stepMs.p5)} – ${duration(stepMs.p95)}`);
  if (coldMs !== null) parts.push(msg(str`first step after ${duration(coldMs)}`));
  if (checked) parts.push(msg('checked'));
  if (stepMs && outlierBlocks > 0) parts.push(msg(str`outliers, kept: ${integer(outlierBlocks)}`));
  if (stepMs && drift !== null && Math.abs(drift) >= 0.02) parts.push(msg(str`drift ${signedPercent(drift)}`));
  return joined(parts);
}

/** Short facts stay on one line each. */
function joined(parts: readonly string[]): string {
  return parts.map((part) => (part.length > 24 ? part : part.replaceAll(' – ', ' –\u2060 ').replaceAll(' ', '\u00a0'))).join(' · ');
}

/** What a run consists of, in time. */
function runFacts({ uploadMs, stepsMs, readBackMs }: WholeRun, steps: number): string {
  const computing = steps === 1 ? msg(str`1 step ${duration(stepsMs)}`) : msg(str`${integer(steps)} steps ${duration(stepsMs)}`);
  return joined([msg(str`upload ${duration(uploadMs)}`), computing, msg(str`read-back ${duration(readBackMs)}`)]);
}

declare global {
  interface HTMLElementTagNameMap {
    'lane-bar': LaneBar;
  }
}
