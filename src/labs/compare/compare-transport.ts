/** `<compare-transport>`: opens files, saves all that is kept, and says what is compared. Emits `compare-wish`. */
import { LitElement, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '@lit/localize';
import { base, button } from '../../ui/styles.ts';
import { transportStyles } from '../../ui/transport-styles.ts';
import { CompareWishEvent, type CompareWish } from './compare-wish.ts';

@customElement('compare-transport')
export class CompareTransport extends LitElement {
  static override styles = [base, button, transportStyles];

  @property() status = '';
  @property({ type: Boolean }) empty = true;

  override render(): TemplateResult {
    return html`<footer aria-label=${msg('Transport')}>
      <div class="buttons">
        <button class="btn primary" data-testid="open-files" @click=${() => this.#wish({ kind: 'open' })}>${msg('Open files…')}</button>
      </div>
      <p class="status quiet"><span role="status" data-testid="status">${this.status}</span></p>
      <div class="buttons out">
        <button
          class="btn"
          data-testid="export-all"
          title=${msg('Every kept result with its name and note, as one JSON file that can be opened here again')}
          ?disabled=${this.empty}
          @click=${() => this.#wish({ kind: 'export-all' })}
        >
          ${msg('Export all')}
        </button>
      </div>
    </footer>`;
  }

  #wish(wish: CompareWish): void {
    this.dispatchEvent(new CompareWishEvent(wish));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'compare-transport': CompareTransport;
  }
}
