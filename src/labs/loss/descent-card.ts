/** `<descent-card>`: where descent starts, its learning rate with three presets, and how far the picture reaches. Emits `loss-wish`. */
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import '../../ui/controls/number-field.ts';
import '../../ui/controls/value-slider.ts';
import { defaultLoss, lossRanges, ratePresetNames, ratePresets, type LossSettings, type RatePreset } from '../../session/loss/settings.ts';
import { roundTo } from '../../ui/controls/slider-scale.ts';
import type { ValueEvent } from '../../ui/events.ts';
import { plain } from '../../ui/format.ts';
import { base, button, card, row } from '../../ui/styles.ts';
import { changeEvent, LossWishEvent } from './loss-wish.ts';

type NumberField = 'w' | 'b' | 'learningRate' | 'span';

/** What the slider reaches; the field beside it takes the whole range. */
const slowest = 1e-3;
const fastest = 100;

@customElement('descent-card')
export class DescentCard extends LitElement {
  static override styles = [
    base,
    card,
    button,
    row,
    css`
      .pair {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: 18px;
      }
      .pair number-field {
        --field-width: 62px;
      }
      .presets {
        display: flex;
        gap: 6px;
        margin: 4px 0 8px;
      }
      .presets .btn {
        flex: 1;
        padding-inline: 4px;
      }
      .presets .btn[aria-pressed='true'] {
        border-color: var(--ink);
      }
    `,
  ];

  @property({ attribute: false }) settings: LossSettings = defaultLoss;

  override render(): TemplateResult {
    const { settings } = this;
    return html`<section class="card" aria-labelledby="descent">
      <h2 id="descent">${msg('Descent')}</h2>
      <div class="pair">${this.#field('w', msg('start w'), lossRanges.start)} ${this.#field('b', msg('start b'), lossRanges.start)}</div>
      ${this.#field('learningRate', msg('Learning rate α'), lossRanges.learningRate)}
      <value-slider
        label=${msg('Learning rate α')}
        scale="log"
        .min=${slowest}
        .max=${fastest}
        .value=${settings.learningRate}
        .round=${(value: number) => roundTo(value, 2)}
        .say=${plain}
        @value-change=${this.#take('learningRate')}
      ></value-slider>
      <div class="presets" role="group" aria-label=${msg('Learning rates to try from 0')}>
        ${ratePresetNames.map((name) => this.#preset(name))}
      </div>
      <div class="row">
        <span>${msg('w and b')}</span>
        <span>${msg(str`−${plain(settings.span)} … ${plain(settings.span)}`)}</span>
      </div>
      <value-slider
        label=${msg('How far w and b are shown')}
        scale="log"
        .min=${lossRanges.span[0]}
        .max=${lossRanges.span[1]}
        .value=${settings.span}
        .round=${(value: number) => roundTo(value, 2)}
        .say=${(value: number) => msg(str`−${plain(value)} to ${plain(value)}`)}
        @value-change=${this.#take('span')}
      ></value-slider>
    </section>`;
  }

  #preset(preset: RatePreset): TemplateResult {
    const { learningRate } = ratePresets[preset];
    const names: Record<RatePreset, string> = { small: msg('too small'), good: msg('good'), large: msg('too large') };
    return html`<button
      class="btn small"
      data-testid="rate-${preset}"
      aria-pressed=${this.settings.learningRate === learningRate ? 'true' : 'false'}
      title=${msg(str`α = ${plain(learningRate)}, from (0, 0)`)}
      @click=${() => this.dispatchEvent(new LossWishEvent({ kind: 'rate', preset }))}
    >
      ${names[preset]}
    </button>`;
  }

  #field(field: NumberField, label: string, [low, high]: readonly [number, number]): TemplateResult {
    return html`<number-field
      label=${label}
      data-testid="field-${field}"
      .value=${this.settings[field]}
      .low=${low}
      .high=${high}
      @value-change=${this.#take(field)}
    ></number-field>`;
  }

  #take(field: NumberField): (event: ValueEvent<number>) => void {
    return ({ value, dragging }) => this.dispatchEvent(changeEvent({ [field]: value }, dragging));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'descent-card': DescentCard;
  }
}
