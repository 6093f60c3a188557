/** `<loss-transport>`: run, pause, step, reset; how far it is; the link. Emits `loss-wish`. */
import { LitElement, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '@lit/localize';
import { defaultLoss, type LossSettings } from '../../session/loss/settings.ts';
import { CopyLink } from '../../ui/copy-link.ts';
import { integer } from '../../ui/format.ts';
import { base, button } from '../../ui/styles.ts';
import { pauseSign, runSign } from '../../ui/transport-signs.ts';
import { transportStyles } from '../../ui/transport-styles.ts';
import { LossWishEvent } from './loss-wish.ts';
import { statusSentence } from './sentences.ts';

@customElement('loss-transport')
export class LossTransport extends LitElement {
  static override styles = [base, button, transportStyles];

  @property({ attribute: false }) settings: LossSettings = defaultLoss;
  @property({ type: Boolean }) running = false;
  /** Nothing more would be seen of a run. */
  @property({ type: Boolean }) over = false;
  readonly #link = new CopyLink(this);

  override render(): TemplateResult {
    const { settings, running, over } = this;
    const isEmpty = settings.points.length === 0;
    return html`<footer aria-label=${msg('Transport')}>
      <div class="buttons">
        <button class="btn primary" data-testid="run" aria-keyshortcuts="Space" ?disabled=${isEmpty} @click=${this.#wish('toggle')}>
          ${running ? html`${pauseSign} ${msg('Pause')}` : html`${runSign} ${over && settings.steps > 0 ? msg('Run again') : msg('Run')}`}
        </button>
        <button class="btn" data-testid="step" aria-keyshortcuts="." ?disabled=${isEmpty} @click=${this.#wish('step')}>
          ${msg('Step')}
        </button>
        <button class="btn" data-testid="reset" aria-keyshortcuts="r" title=${msg('Back to the start')} @click=${this.#wish('reset')}>
          ${msg('Reset')}
        </button>
      </div>
      <div class="count" data-testid="steps"><b>${integer(settings.steps)}</b> ${msg('steps')}</div>
      <p class="status quiet"><span role="status" data-testid="status">${statusSentence(running, settings, over)}</span></p>
      <div class="buttons out">
        <button class="btn" data-testid="copy-link" @click=${() => this.#link.copy(msg('The link to this descent'))}>
          ${this.#link.copied ? msg('Copied') : msg('Copy link')}
        </button>
      </div>
    </footer>`;
  }

  #wish(kind: 'toggle' | 'step' | 'reset'): () => void {
    return () => this.dispatchEvent(new LossWishEvent({ kind }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'loss-transport': LossTransport;
  }
}
