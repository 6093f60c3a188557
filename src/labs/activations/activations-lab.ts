/**
 * `<activations-lab>`: the lab of the activations. Lays out its cards, draws them again when the store has something new, at
 * most once a frame, and hands their wishes to it. While it is not on the page its nets rest.
 */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '@lit/localize';
import './activation-transport.ts';
import './cost-card.ts';
import './curves-card.ts';
import './gradient-card.ts';
import './nets-card.ts';
import './outputs-card.ts';
import '../../ui/notice-list.ts';
import { defineControls } from '../../ui/controls/web-awesome.ts';
import type { NoticeActionEvent } from '../../ui/notice-list.ts';
import { LabController } from '../../ui/lab-controller.ts';
import { labFrame } from '../../ui/lab-frame.ts';
import { base, card } from '../../ui/styles.ts';
import type { ActivationSession } from './activation-session.ts';
import type { ActivationWishEvent } from './activation-wish.ts';
import { activationsLabStyles } from './activations-lab-styles.ts';
import { activationNotices, rateToTry } from './notice-sentences.ts';

@customElement('activations-lab')
export class ActivationsLab extends LitElement {
  static override styles = [base, card, labFrame, activationsLabStyles];

  @property({ attribute: false }) session: ActivationSession | null = null;

  constructor() {
    super();
    new LabController(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void defineControls();
  }

  override render(): TemplateResult | typeof nothing {
    const { session } = this;
    if (!session) return nothing;
    const { settings, state, notes, z } = session;
    const notices = activationNotices(settings, state, notes);
    const { steps } = settings;
    return html`<h1 class="hidden-text">${msg('Downhill: why did ReLU replace sigmoid?')}</h1>
      <notice-list ?hidden=${notices.length === 0} .notices=${notices} @notice-action=${this.#act}></notice-list>
      <div class="grid" @activation-wish=${this.#wish}>
        <div class="col controls">
          ${this.#question()}
          <nets-card .settings=${settings} .engine=${state.engine}></nets-card>
        </div>
        <div class="col seen">
          <curves-card .z=${z}></curves-card>
          <cost-curves .state=${state} .steps=${steps}></cost-curves>
        </div>
        <div class="col seen">
          <gradient-card .state=${state} .steps=${steps}></gradient-card>
          <outputs-card .state=${state} .settings=${settings}></outputs-card>
        </div>
      </div>
      <activation-transport .state=${state} .steps=${steps} @activation-wish=${this.#wish}></activation-transport>`;
  }

  #question(): TemplateResult {
    return html`<section class="card question" aria-labelledby="question">
      <h2>${msg('Question')}</h2>
      <h3 id="question">${msg('Why did ReLU replace sigmoid?')}</h3>
      <p class="quiet">
        ${msg(
          'On the way back to the input the gradient is multiplied by g′(z) once a layer. Where the slope is small, little arrives, and the first layers hardly learn.',
        )}
      </p>
    </section>`;
  }

  #wish({ wish }: ActivationWishEvent): void {
    switch (wish.kind) {
      case 'change':
        return this.session?.change(wish.patch);
      case 'z':
        return this.session?.lookAt(wish.z, wish.dragging);
      case 'toggle':
        return this.session?.toggle();
      case 'step':
        return this.session?.stepOnce();
      case 'reset':
        return this.session?.reset();
    }
  }

  #act({ id }: NoticeActionEvent): void {
    const { session } = this;
    if (!session) return;
    if (id === 'url') return session.dismissNotes();
    if (id === 'failed') return session.toggle();
    const learningRate = rateToTry(session.settings);
    if (id === 'diverged' && learningRate !== null) session.change({ learningRate });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'activations-lab': ActivationsLab;
  }
}
