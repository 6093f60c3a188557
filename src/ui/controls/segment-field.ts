/** `<segment-field>`: two or three choices side by side, radios underneath. Emits `value-change`. */
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { ValueEvent } from '../events.ts';
import { base } from '../styles.ts';
import type { Choice } from './choice-field.ts';

@customElement('segment-field')
export class SegmentField extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: inline-block;
      }
      fieldset {
        display: inline-flex;
        margin: 0;
        padding: 0;
        min-width: 0;
        border: 1px solid var(--line);
        border-radius: 7px;
        overflow: hidden;
        font-size: 12px;
      }
      fieldset:has(:focus-visible) {
        outline: 2px solid var(--gpu);
        outline-offset: 2px;
      }
      label {
        padding: 3px 10px;
        color: var(--soft);
        cursor: pointer;
        white-space: nowrap;
      }
      label:hover {
        color: var(--ink);
      }
      label:has(:checked) {
        background: var(--ink);
        color: var(--paper);
      }
      input {
        position: absolute;
        opacity: 0;
        width: 1px;
        height: 1px;
        margin: 0;
      }
    `,
  ];

  @property() label = '';
  @property() value = '';
  @property({ attribute: false }) choices: readonly Choice[] = [];

  override render(): TemplateResult {
    return html`<fieldset>
      <legend class="hidden-text">${this.label}</legend>
      ${this.choices.map(
        ({ value, label }) =>
          html`<label>
            <input type="radio" name="choice" value=${value} .checked=${value === this.value} @change=${() => this.#emit(value)} />${label}
          </label>`,
      )}
    </fieldset>`;
  }

  #emit(value: string): void {
    this.dispatchEvent(new ValueEvent(value));
  }
}
