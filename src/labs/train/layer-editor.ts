/** `<layer-editor>`: units and activation of one hidden layer, and its removal. Emits `layer-wish`. */
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import '../../ui/controls/choice-field.ts';
import '../../ui/controls/number-field.ts';
import { hiddenActivations, ranges, type HiddenLayer } from '../../session/settings.ts';
import type { ValueEvent } from '../../ui/events.ts';
import { integer } from '../../ui/format.ts';
import { base, button, row } from '../../ui/styles.ts';
import { activationChoices } from './names.ts';

/** The layer as wanted, or null: remove it. */
export class LayerWishEvent extends Event {
  static readonly type = 'layer-wish';

  constructor(readonly layer: HiddenLayer | null) {
    super(LayerWishEvent.type);
  }
}

@customElement('layer-editor')
export class LayerEditor extends LitElement {
  static override styles = [
    base,
    row,
    button,
    css`
      .btn {
        display: block;
        margin: 4px 0 2px auto;
      }
    `,
  ];

  @property({ attribute: false }) layer: HiddenLayer = { units: 16, activation: 'relu' };
  @property({ type: Number }) number = 1;

  override render(): TemplateResult {
    const [low, high] = ranges.units;
    return html`<number-field
        data-testid="units"
        label=${msg(str`Units of layer ${this.number}`)}
        .value=${this.layer.units}
        .low=${low}
        .high=${high}
        whole
        .show=${integer}
        @value-change=${(e: ValueEvent<number>) => this.#wish({ ...this.layer, units: e.value })}
      ></number-field>
      <choice-field
        label=${msg('Activation')}
        .value=${this.layer.activation}
        .choices=${activationChoices()}
        @value-change=${(e: ValueEvent<string>) => this.#activation(e.value)}
      ></choice-field>
      <button class="btn small" data-testid="remove-layer" @click=${() => this.#wish(null)}>${msg('Remove this layer')}</button>`;
  }

  #activation(name: string): void {
    const activation = hiddenActivations.find((known) => known === name);
    if (activation) this.#wish({ ...this.layer, activation });
  }

  #wish(layer: HiddenLayer | null): void {
    this.dispatchEvent(new LayerWishEvent(layer));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'layer-editor': LayerEditor;
  }
}
