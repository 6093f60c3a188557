/** `<scale-transport>`: run, pause, cancel, reset; what it is doing; the table, the link and the result. Emits `sweep-wish`. */
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '@lit/localize';
import { plannedRuns, defaultSweeps, type SweepSettings } from '../../session/sweep/settings.ts';
import { CopyLink } from '../../ui/copy-link.ts';
import { base, button } from '../../ui/styles.ts';
import { pauseSign, runSign } from '../../ui/transport-signs.ts';
import { transportStyles } from '../../ui/transport-styles.ts';
import { runWord, statusSentence } from './progress-words.ts';
import { emptySweep, hasPoints, isActive, isGoing, type SweepState } from './sweep-state.ts';
import { SweepWishEvent, type SweepWish } from './sweep-wish.ts';

@customElement('scale-transport')
export class ScaleTransport extends LitElement {
  static override styles = [
    base,
    button,
    transportStyles,
    css`
      .primary {
        min-width: 138px;
      }
    `,
  ];

  @property({ attribute: false }) settings: SweepSettings = defaultSweeps.fashion;
  @property({ attribute: false }) state: SweepState = emptySweep;
  readonly #link = new CopyLink(this);

  override render(): TemplateResult {
    const { state, settings } = this;
    const empty = !hasPoints(state);
    return html`<footer aria-label=${msg('Transport')}>
      <div class="progress" style="transform:scaleX(${this.#share()})"></div>
      <div class="buttons">
        <button class="btn primary" data-testid="run" aria-keyshortcuts="Space" @click=${this.#wish({ kind: 'toggle' })}>
          ${isGoing(state) ? html`${pauseSign} ${msg('Pause')}` : html`${runSign} ${runWord(state)}`}
        </button>
        <button class="btn" data-testid="cancel" ?disabled=${!isActive(state)} @click=${this.#wish({ kind: 'cancel' })}>
          ${msg('Cancel')}
        </button>
        <button
          class="btn"
          data-testid="reset"
          aria-keyshortcuts="r"
          title=${msg('Forgets what was found')}
          @click=${this.#wish({ kind: 'reset' })}
        >
          ${msg('Reset')}
        </button>
      </div>
      <p class="status quiet"><span role="status" data-testid="status">${statusSentence(state, settings)}</span></p>
      <div class="buttons out">
        <button class="btn" data-testid="table" aria-haspopup="dialog" ?disabled=${empty} @click=${this.#wish({ kind: 'table' })}>
          ${msg('Table')}
        </button>
        <button class="btn" data-testid="copy-link" @click=${() => this.#link.copy(msg('The link to this sweep'))}>
          ${this.#link.copied ? msg('Copied') : msg('Copy link')}
        </button>
        <button
          class="btn"
          data-testid="save-result"
          title=${msg('All points with where and how they were measured, as a JSON file')}
          ?disabled=${empty || state.about === null}
          @click=${this.#wish({ kind: 'save' })}
        >
          ${msg('Save result')}
        </button>
      </div>
    </footer>`;
  }

  #share(): number {
    const { state, settings } = this;
    const count = state.count || plannedRuns(settings);
    return Math.min(1, state.done / Math.max(1, count));
  }

  #wish(wish: SweepWish): () => void {
    return () => this.dispatchEvent(new SweepWishEvent(wish));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'scale-transport': ScaleTransport;
  }
}
