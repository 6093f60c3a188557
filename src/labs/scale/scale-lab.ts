/**
 * `<scale-lab>`: the lab that sweeps m. Lays out its cards, draws them again when the store has something new, at most once
 * a frame, and hands their wishes to it. While it is not on the page its sweep rests.
 */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { msg } from '@lit/localize';
import './models-card.ts';
import './points-dialog.ts';
import './progress-card.ts';
import './scale-transport.ts';
import './score-card.ts';
import './sweep-card.ts';
import './time-card.ts';
import '../../ui/notice-list.ts';
import type { MachineReport } from '../../session/protocol.ts';
import { defineControls } from '../../ui/controls/web-awesome.ts';
import type { NoticeActionEvent } from '../../ui/notice-list.ts';
import { LabController } from '../../ui/lab-controller.ts';
import { labFrame } from '../../ui/lab-frame.ts';
import { base, card } from '../../ui/styles.ts';
import { rateToTry, sweepNotices } from './notice-sentences.ts';
import type { PointsDialog } from './points-dialog.ts';
import { questionText } from './question.ts';
import { scaleLabStyles } from './scale-lab-styles.ts';
import type { SweepSession } from './sweep-session.ts';
import type { SweepWishEvent } from './sweep-wish.ts';

@customElement('scale-lab')
export class ScaleLab extends LitElement {
  static override styles = [base, card, labFrame, scaleLabStyles];

  @property({ attribute: false }) session: SweepSession | null = null;
  @property({ attribute: false }) machine: MachineReport | null = null;
  @property() machineName = '';
  @query('points-dialog') protected readonly points?: PointsDialog | null;

  constructor() {
    super();
    new LabController(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void defineControls();
  }

  override render(): TemplateResult | typeof nothing {
    const { session, machine } = this;
    if (!session) return nothing;
    const { settings, state, notes } = session;
    const notices = sweepNotices({ settings, state, notes });
    return html`<h1 class="hidden-text">${msg('Downhill: what does more data buy?')}</h1>
      <notice-list ?hidden=${notices.length === 0} .notices=${notices} @notice-action=${this.#act}></notice-list>
      <div class="grid" @sweep-wish=${this.#wish}>
        <div class="col controls">
          ${this.#question()}
          <sweep-card .settings=${settings}></sweep-card>
          <models-card .settings=${settings}></models-card>
          <progress-card .settings=${settings} .state=${state}></progress-card>
        </div>
        <time-card .settings=${settings} .state=${state} .machine=${machine}></time-card>
        <score-card .settings=${settings} .state=${state}></score-card>
      </div>
      <scale-transport .settings=${settings} .state=${state} @sweep-wish=${this.#wish}></scale-transport>
      <points-dialog .settings=${settings} .samples=${state.samples} .times=${state.times}></points-dialog>`;
  }

  #question(): TemplateResult {
    const { title, text } = questionText(this.session?.settings);
    return html`<section class="card question" aria-labelledby="question">
      <h2>${msg('Question')}</h2>
      <h3 id="question">${title}</h3>
      <p class="quiet">${text}</p>
    </section>`;
  }

  #wish({ wish }: SweepWishEvent): void {
    switch (wish.kind) {
      case 'change':
        return this.session?.change(wish.patch);
      case 'preset':
        return this.session?.choose(wish.preset);
      case 'toggle':
        return this.session?.toggle();
      case 'cancel':
        return this.session?.cancel();
      case 'reset':
        return this.session?.reset();
      case 'table':
        return void this.points?.open();
      case 'save':
        return void this.#save();
    }
  }

  #act({ id, which }: NoticeActionEvent): void {
    const { session } = this;
    if (!session) return;
    switch (id) {
      case 'url':
        return session.dismissNotes();
      case 'failed':
        return session.goOn();
      case 'diverged': {
        const learningRate = rateToTry(session.settings);
        return learningRate === null ? undefined : session.change({ learningRate });
      }
      case 'earlier':
        if (which === 'otherAction') return session.startAnew();
        return session.isWhole ? session.acceptOffer() : session.goOn();
    }
  }

  async #save(): Promise<void> {
    const report = this.session?.report();
    if (!report) return;
    const { downloadResult } = await import('../../ui/download.ts');
    downloadResult(report, this.machineName);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'scale-lab': ScaleLab;
  }
}
