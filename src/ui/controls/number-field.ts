/**
 * `<number-field>`: a row with a name and a number that one types. A value out of range or not a number is refused in place, with a sentence
 * that names the range; the last good value stays in force. Emits `value-change`.
 */
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import { ValueEvent } from '../events.ts';
import { editable, integer, plain } from '../format.ts';
import { parseNumber } from '../router.ts';
import { base } from '../styles.ts';

@customElement('number-field')
export class NumberField extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        min-width: 0;
      }
      div {
        display: flex;
        justify-content: space-between;
        align-items: center;
        gap: 10px;
        min-height: 27px;
      }
      label {
        flex: none;
        color: var(--soft);
      }
      input {
        width: var(--field-width, 110px);
        min-width: 0;
        height: 27px;
        margin-right: -7px;
        padding: 0 6px;
        border: 1px solid transparent;
        border-radius: 6px;
        background: none;
        color: var(--ink);
        font: inherit;
        font-weight: 600;
        font-variant-numeric: tabular-nums;
        text-align: right;
      }
      input:hover {
        border-color: var(--line);
      }
      input:focus {
        border-color: var(--line);
        background: var(--paper);
      }
      input[aria-invalid='true'] {
        border-color: var(--bad);
        color: var(--bad);
      }
      p {
        font-size: 12px;
        line-height: 1.35;
        color: var(--bad);
        padding: 2px 0 4px;
      }
    `,
  ];

  @property() label = '';
  @property({ type: Number }) value = 0;
  @property({ type: Number }) low = 0;
  @property({ type: Number }) high = 1;
  @property({ type: Boolean }) whole = false;
  @property({ attribute: false }) show: (value: number) => string = editable;
  /** What was typed and refused, or null. */
  @state() protected refused: string | null = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('value') && changed.get('value') !== undefined) this.refused = null;
  }

  override render(): TemplateResult {
    const bad = this.refused !== null;
    return html`<div>
        <label for="value">${this.label}</label>
        <input
          id="value"
          type="text"
          inputmode=${this.whole ? 'numeric' : 'decimal'}
          autocomplete="off"
          spellcheck="false"
          aria-invalid=${bad ? 'true' : 'false'}
          aria-describedby=${bad ? 'why' : nothing}
          .value=${this.refused ?? this.show(this.value)}
          @change=${this.#take}
          @keydown=${this.#key}
        />
      </div>
      ${bad ? html`<p id="why" role="alert">${this.#why(this.refused ?? '')}</p>` : nothing}`;
  }

  #why(text: string): string {
    const range = `${this.whole ? integer(this.low) : plain(this.low)} … ${this.whole ? integer(this.high) : plain(this.high)}`;
    if (parseNumber(text) === undefined) return msg(str`“${text}” is not a number. ${this.label}: ${range}.`);
    if (this.whole && !Number.isInteger(parseNumber(text))) return msg(str`${text} is not a whole number. ${this.label}: ${range}.`);
    return msg(str`${text} is out of range. ${this.label}: ${range}. Still in force: ${this.show(this.value)}.`);
  }

  #take(event: Event): void {
    const { value: text } = event.currentTarget as HTMLInputElement;
    const value = parseNumber(text);
    if (value === undefined || value < this.low || value > this.high || (this.whole && !Number.isInteger(value))) {
      this.refused = text;
      return;
    }
    this.refused = null;
    this.requestUpdate();
    if (value !== this.value) this.dispatchEvent(new ValueEvent(value));
  }

  #key(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || this.refused === null) return;
    this.refused = null;
  }
}
