/** `<own-button>`: says which file of the user's is meant, and opens one. */
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '@lit/localize';
import { base, button } from '../styles.ts';
import { openDesk } from './desk.ts';

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
    `,
  ];

  /** As in settings and URL; nothing while none was chosen. */
  @property() line: string | undefined = '';

  override render(): TemplateResult {
    const file = this.line?.split('*')[1] || msg('Open your own …');
    return html`<button class="btn small" data-testid="open-own" @click=${this.#open}>${file}</button>`;
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
