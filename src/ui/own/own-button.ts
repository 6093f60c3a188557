/** `<own-button>`: says which file of the user's is meant, and opens one. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import { base, button } from '../styles.ts';
import { notesOn, openDesk } from './desk.ts';

export { layDesk } from './desk.ts';

@customElement('own-button')
export class OwnButton extends LitElement {
  static override styles = [
    base,
    button,
    css`
      .btn {
        width: 100%;
        margin: 4px 0;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      summary {
        cursor: pointer;
      }
      ul {
        margin: 4px 0;
        padding-left: 16px;
        overflow-wrap: anywhere;
      }
    `,
  ];

  /** As in settings and URL; nothing while none was chosen. */
  @property() line: string | undefined = '';

  override render(): TemplateResult {
    const file = this.line?.split('*')[1] || msg('Open your own …');
    return html`<button class="btn small" data-testid="open-own" @click=${this.#open}>${file}</button>${this.#notes()}`;
  }

  /** What one does not see in a race: what became of columns, rows and pictures that could not be used as they are. */
  #notes(): TemplateResult | typeof nothing {
    const notes = notesOn(this.line);
    if (notes.length === 0) return nothing;
    return html`<details class="quiet" data-testid="own-notes">
      <summary>${notes.length === 1 ? msg('Not used as it is: 1 note') : msg(str`Not used as it is: ${notes.length} notes`)}</summary>
      <ul>
        ${notes.map((note) => html`<li>${note}</li>`)}
      </ul>
      <p>${msg('To have it otherwise, mend the file or open it again: what is left out and what is filled in is chosen there.')}</p>
    </details>`;
  }

  #open(): void {
    void openDesk();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'own-button': OwnButton;
  }
}
