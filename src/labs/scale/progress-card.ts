/** `<progress-card>`: how much of the sweep is done, what it does now, and how long that will take. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import { plannedRuns, defaultSweeps, type SweepSettings } from '../../session/sweep/settings.ts';
import { integer } from '../../ui/format.ts';
import { base, card, row } from '../../ui/styles.ts';
import { leftText, taskSentence } from './progress-words.ts';
import { emptySweep, isActive, type SweepState } from './sweep-state.ts';

@customElement('progress-card')
export class ProgressCard extends LitElement {
  static override styles = [
    base,
    card,
    row,
    css`
      .bar {
        height: 4px;
        border-radius: 9px;
        background: var(--line);
        overflow: hidden;
      }
      .bar i {
        display: block;
        height: 100%;
        background: var(--ink);
        transform-origin: left;
      }
      .row > :first-child {
        color: var(--ink);
      }
      .now {
        min-height: 36px;
      }
    `,
  ];

  @property({ attribute: false }) settings: SweepSettings = defaultSweeps.fashion;
  @property({ attribute: false }) state: SweepState = emptySweep;

  override render(): TemplateResult {
    const { settings, state } = this;
    const count = Math.max(1, state.count || plannedRuns(settings));
    const done = state.count > 0 ? state.done : state.times.length + state.samples.length;
    const text = msg(str`${integer(done)} / ${integer(count)} runs`);
    const title = msg('The timing of a step at one m counts as a run too.');
    return html`<section class="card" aria-labelledby="title">
      <h2 id="title">${msg('Progress')}</h2>
      <div
        class="bar"
        role="progressbar"
        aria-labelledby="title"
        aria-valuemin="0"
        aria-valuemax=${count}
        aria-valuenow=${Math.min(done, count)}
        aria-valuetext=${text}
      >
        <i style="transform:scaleX(${Math.min(1, done / count)})"></i>
      </div>
      <div class="row"><span data-testid="runs" title=${title}>${text}</span><span data-testid="time-left">${leftText(state)}</span></div>
      ${isActive(state) ? html`<p class="quiet now" data-testid="task">${state.task ? taskSentence(state.task, settings) : ''}</p>` : nothing}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'progress-card': ProgressCard;
  }
}
