/** `<edited-mark>`: says that the GPU runs an edited kernel, which one, and offers the way back to the built-in one. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '@lit/localize';
import type { EditedUse } from '../../session/adopted/protocol.ts';
import { base, button } from '../styles.ts';
import { editedKernels, useSentence } from './adoption-words.ts';

@customElement('edited-mark')
export class EditedMark extends LitElement {
  static override styles = [
    base,
    button,
    css`
      :host {
        display: block;
      }
      /* In a lane's grid, below its facts. */
      :host([short]) {
        grid-column: 2;
        margin: 1px 0 3px;
      }
      @container (max-width: 520px) {
        :host([short]) {
          grid-column: 1 / -1;
        }
      }
      .whole {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 12px;
        margin-top: 8px;
      }
      .mark {
        padding: 1px 8px;
        border: 1px solid var(--gpu);
        border-radius: 999px;
        color: var(--gpu);
        font-size: 12.5px;
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .quiet {
        flex: 1 1 220px;
      }
    `,
  ];

  @property({ attribute: false }) use: EditedUse = { steps: [], beside: [] };
  /** All that are adopted, run or not. */
  @property({ attribute: false }) kernels: readonly string[] = [];
  @property({ attribute: false }) takeOut: () => void = () => undefined;
  /** The mark alone. */
  @property({ type: Boolean }) short = false;

  override render(): TemplateResult {
    const { steps, beside } = this.use;
    if (this.short) return html`<span class="mark">${editedKernels(steps)}</span>`;
    const used = [...steps, ...beside];
    return html`<div class="whole">
      ${used.length > 0 ? html`<span class="mark">${editedKernels(used)}</span>` : nothing}
      <span class="quiet">${useSentence(this.use, this.kernels)}</span>
      <button class="btn small" data-testid="built-in" @click=${() => this.takeOut()}>
        ${(used.length || this.kernels.length) > 1 ? msg('Back to the built-in kernels') : msg('Back to the built-in kernel')}
      </button>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'edited-mark': EditedMark;
  }
}
