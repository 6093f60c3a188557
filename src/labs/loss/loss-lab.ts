/**
 * `<loss-lab>`: lays out the cards of the Loss lab, draws them again when the store has something new, at most once a frame,
 * and hands their wishes to it. While it is not on the page nothing of it computes.
 */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { msg } from '@lit/localize';
import './descent-card.ts';
import './example-card.ts';
import './loss-transport.ts';
import './outcome-card.ts';
import './points-card.ts';
import './slice-card.ts';
import './step-card.ts';
import './surface-card.ts';
import '../../ui/notice-list.ts';
import { defineControls } from '../../ui/controls/web-awesome.ts';
import type { NoticeActionEvent } from '../../ui/notice-list.ts';
import { LabController } from '../../ui/lab-controller.ts';
import { labFrame } from '../../ui/lab-frame.ts';
import { base, card } from '../../ui/styles.ts';
import { lossLabStyles } from './loss-lab-styles.ts';
import type { LossSession } from './loss-session.ts';
import type { LossWishEvent } from './loss-wish.ts';
import { lossNotices } from './notice-sentences.ts';

@customElement('loss-lab')
export class LossLab extends LitElement {
  static override styles = [base, card, labFrame, lossLabStyles];

  @property({ attribute: false }) session: LossSession | null = null;
  /** How much of the page is there: the picture first, then the controls, then the words, each a task of its own. */
  @state() protected parts = 1;
  readonly #following = new LabController(this);

  override connectedCallback(): void {
    super.connectedCallback();
    void defineControls();
  }

  protected override updated(): void {
    if (this.parts < 4) setTimeout(() => this.parts++);
  }

  override render(): TemplateResult | typeof nothing {
    const { session } = this;
    if (!session) return nothing;
    const { settings, paths, shown, isRunning, canvasNumber } = session;
    const notices = lossNotices(session);
    return html`<h1 class="hidden-text">${msg('Downhill: why cross-entropy, and what is downhill?')}</h1>
      <notice-list ?hidden=${notices.length === 0} .notices=${notices} @notice-action=${this.#act}></notice-list>
      <div class="grid" data-testid="loss" @loss-wish=${this.#wish}>
        <div class="col controls">${this.#question()} ${this.parts > 1 ? this.#controls(session) : nothing}</div>
        <div class="col center">
          <surface-card .settings=${settings} .paths=${paths} .shown=${shown} .canvasNumber=${canvasNumber}></surface-card>
          ${this.parts > 2 ? html`<example-card .z=${settings.z}></example-card>` : html`<div class="example-to-come"></div>`}
        </div>
        <div class="col words">${this.parts > 3 ? this.#words(session) : nothing}</div>
      </div>
      <loss-transport .settings=${settings} .running=${isRunning} .over=${session.isOver} @loss-wish=${this.#wish}></loss-transport>`;
  }

  #controls({ settings, paths }: LossSession): TemplateResult {
    return html`<points-card .settings=${settings} .paths=${paths}></points-card> <descent-card .settings=${settings}></descent-card>`;
  }

  #words({ settings, paths, shown }: LossSession): TemplateResult {
    return html`<step-card .settings=${settings} .paths=${paths}></step-card>
      <slice-card .settings=${settings} .paths=${paths}></slice-card>
      <outcome-card .settings=${settings} .paths=${paths} .landscapes=${shown?.landscapes ?? []}></outcome-card>`;
  }

  #question(): TemplateResult {
    return html`<section class="card question" aria-labelledby="question">
      <h2>${msg('Question')}</h2>
      <h3 id="question">${msg('Why cross-entropy, and what is “downhill”?')}</h3>
      <p class="quiet">
        ${msg('J says how wrong σ(wx + b) is on all points, for each w and b. Gradient descent walks down that surface: drag the start, and step.')}
      </p>
    </section>`;
  }

  #wish({ wish }: LossWishEvent): void {
    const { session } = this;
    if (!session) return;
    switch (wish.kind) {
      case 'change':
        session.change(wish.patch, wish.dragging);
        return this.#following.drawNow();
      case 'points':
        return session.choosePoints(wish.preset);
      case 'rate':
        return session.chooseRate(wish.preset);
      case 'toggle':
        return session.toggle();
      case 'step':
        return session.step();
      case 'reset':
        return session.reset();
      case 'frame':
        return session.setFrame(wish.frame);
      case 'canvas':
        return session.attach(wish.canvas);
    }
  }

  #act({ id }: NoticeActionEvent): void {
    if (id === 'url') this.session?.dismissNotes();
    if (id === 'failed') this.session?.again();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'loss-lab': LossLab;
  }
}
