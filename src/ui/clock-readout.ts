/**
 * `<clock-readout>`: how long it took from the last change of a control to the first new result on the screen, and the
 * median of this visit. Fetched after the first results. Watches the race itself; other labs tell it.
 */
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import { duration } from './format.ts';
import { IterationClock } from './iteration-clock.ts';
import type { RaceSession } from './race-session.ts';
import { base } from './styles.ts';

@customElement('clock-readout')
export class ClockReadout extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        flex: none;
      }
      p {
        color: var(--soft);
        font-size: 12.5px;
        line-height: 1.45;
        white-space: nowrap;
        font-variant-numeric: tabular-nums;
      }
      b {
        color: var(--ink);
        font-weight: 600;
      }
      /* In a wide header it stands in two lines: there is little room beside everything else. */
      @media (min-width: 901px) {
        p {
          font-size: 11.5px;
          line-height: 1.25;
        }
        .median {
          display: block;
        }
        .dot {
          display: none;
        }
      }
      @media (min-width: 901px) and (max-width: 1279px) {
        .words,
        .median {
          display: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) session: RaceSession | null = null;
  /** For tests. */
  readonly clock = new IterationClock(() => performance.now());
  #end: (() => void) | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#end?.();
    this.#end = null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('session') && this.#end) return;
    this.#end?.();
    this.#end = this.session?.subscribe(() => this.#watch()) ?? null;
  }

  /** A control was changed. */
  changed(): void {
    this.clock.changed();
  }

  /** What follows from the last change has been computed: it counts once it is painted. */
  arrived(): void {
    const change = this.clock.waitingFor;
    if (change === null) return;
    // the frame that shows it, and the first moment after that
    requestAnimationFrame(() => {
      setTimeout(() => {
        this.clock.arrived(change);
        this.requestUpdate();
      });
    });
  }

  /** The race that is shown is the one that was asked for, and has a cost. */
  #watch(): void {
    const { session } = this;
    if (this.clock.waitingFor === null || session?.lab !== 'train') return;
    const { race, isCurrent } = session;
    if (!isCurrent) return;
    if (race.phase === 'failed') this.clock.dropped();
    else if (race.lanes.some(({ series }) => series.step.length > 0)) this.arrived();
  }

  /** With nothing to tell it takes no room, the gap beside it included. */
  protected override updated(): void {
    this.hidden = this.clock.lastMs === null;
  }

  override render(): TemplateResult | typeof nothing {
    const { lastMs, medianMs, count } = this.clock;
    if (lastMs === null || medianMs === null) return nothing;
    const [last, median] = [duration(lastMs), duration(medianMs)];
    const times = count === 1 ? msg('once') : msg(str`${count} times`);
    const title = msg(
      str`From the last change of a control to the first new result: ${last}; the median of this visit is ${median}, measured ${times}. Idea, code, experiment: the faster the result, the more ideas can be tried, which is what fast computation is for.`,
    );
    return html`<p title=${title} data-testid="clock">
      <b>${last}</b> <span class="words">${msg('to the result')}</span>
      <span class="median"><span class="dot">· </span>${msg('median')} <b data-testid="clock-median">${median}</b></span>
      <span class="hidden-text">${title}</span>
    </p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'clock-readout': ClockReadout;
  }
}
