/**
 * `<choice-field>`: a row with a name and one of a few choices, as a quiet select. Shows both as text until `wa-select`
 * is there, at the same place and size. Emits `value-change`.
 */
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type WaSelect from '@awesome.me/webawesome/dist/components/select/select.js';
import { ValueEvent } from '../events.ts';
import { base } from '../styles.ts';
import { whenDefined } from './web-awesome.ts';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

const chevron = html`<svg slot="expand-icon" width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
  <path d="M1.5 3h7L5 7.5z" fill="currentColor" />
</svg>`;

@customElement('choice-field')
export class ChoiceField extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        height: 27px;
        min-width: 0;
        flex: 1;
      }
      .still {
        display: flex;
        align-items: center;
        gap: 6px;
        height: 27px;
        padding-right: 1px;
        color: var(--ink);
        white-space: nowrap;
      }
      .still svg {
        color: var(--soft);
      }
      .still span {
        flex: 1;
        color: var(--soft);
      }
      wa-select {
        flex-direction: row;
        align-items: center;
        gap: 4px;
      }
      wa-select::part(form-control-label) {
        flex: none;
        margin: 0;
        font-size: 14px;
      }
      wa-select::part(form-control-input) {
        flex: 1;
        min-width: 0;
      }
      wa-select::part(combobox) {
        border-color: transparent;
        background: none;
        padding: 0 0 0 8px;
        min-height: 27px;
        border-radius: 6px;
        outline-offset: 0;
      }
      wa-select::part(display-input) {
        text-align: right;
        text-overflow: ellipsis;
        font-size: 14px;
      }
      wa-select::part(expand-icon) {
        margin-inline-start: 6px;
        color: var(--soft);
      }
      wa-select::part(listbox) {
        min-width: max-content;
      }
      wa-option {
        white-space: nowrap;
      }
    `,
  ];

  @property() label = '';
  @property() value = '';
  @property({ attribute: false }) choices: readonly Choice[] = [];
  @state() protected ready = false;

  override connectedCallback(): void {
    super.connectedCallback();
    whenDefined('wa-select', () => (this.ready = true));
  }

  override render(): TemplateResult {
    if (!this.ready) {
      const chosen = this.choices.find((choice) => choice.value === this.value);
      return html`<div class="still"><span>${this.label}</span>${chosen?.label ?? this.value}${chevron}</div>`;
    }
    return html`<wa-select size="s" .label=${this.label} .value=${this.value} @change=${this.#emit}>
      ${chevron}
      ${repeat(
        this.choices,
        (choice) => choice.value,
        (choice) => html`<wa-option value=${choice.value}>${choice.label}</wa-option>`,
      )}
    </wa-select>`;
  }

  #emit(event: Event): void {
    event.stopPropagation();
    const { value } = event.currentTarget as WaSelect;
    if (typeof value === 'string' && value !== this.value) this.dispatchEvent(new ValueEvent(value));
  }
}
