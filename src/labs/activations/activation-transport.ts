/** `<activation-transport>`: run, pause, step, reset; the step that all nets have done; the link. Emits `activation-wish`. */
import { LitElement, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '@lit/localize';
import { CopyLink } from '../../ui/copy-link.ts';
import { integer } from '../../ui/format.ts';
import { base, button } from '../../ui/styles.ts';
import { pauseSign, runSign } from '../../ui/transport-signs.ts';
import { transportStyles } from '../../ui/transport-styles.ts';
import { emptyActivations, isGoing, stepsDone, type ActivationState } from './activation-state.ts';
import { ActivationWishEvent } from './activation-wish.ts';
import { runWord, statusSentence } from './sentences.ts';

@customElement('activation-transport')
export class ActivationTransport extends LitElement {
  static override styles = [base, button, transportStyles];

  @property({ attribute: false }) state: ActivationState = emptyActivations;
  @property({ type: Number }) steps = 1;
  readonly #link = new CopyLink(this);

  override render(): TemplateResult {
    const { state, steps } = this;
    const done = stepsDone(state);
    return html`<footer aria-label=${msg('Transport')}>
      <div class="progress" style="transform:scaleX(${Math.min(1, done / steps)})"></div>
      <div class="buttons">
        <button class="btn primary" data-testid="run" aria-keyshortcuts="Space" @click=${() => this.#wish('toggle')}>
          ${isGoing(state) ? html`${pauseSign} ${msg('Pause')}` : html`${runSign} ${runWord(state)}`}
        </button>
        <button class="btn" data-testid="step" aria-keyshortcuts="." @click=${() => this.#wish('step')}>${msg('Step')}</button>
        <button class="btn" data-testid="reset" aria-keyshortcuts="r" @click=${() => this.#wish('reset')}>${msg('Reset')}</button>
      </div>
      <div class="count" data-testid="steps-done"><b>${integer(done)}</b> / ${integer(steps)} ${msg('steps')}</div>
      <p class="status quiet"><span role="status" data-testid="status">${statusSentence(state)}</span></p>
      <div class="buttons out">
        <button class="btn" data-testid="copy-link" @click=${() => this.#link.copy(msg('The link to these nets'))}>
          ${this.#link.copied ? msg('Copied') : msg('Copy link')}
        </button>
      </div>
    </footer>`;
  }

  #wish(kind: 'toggle' | 'step' | 'reset'): void {
    this.dispatchEvent(new ActivationWishEvent({ kind }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'activation-transport': ActivationTransport;
  }
}
