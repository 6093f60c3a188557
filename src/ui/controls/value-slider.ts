/**
 * `<value-slider>`: a slider over numbers, linear or logarithmic. Draws its own still track until `wa-slider` is there,
 * at the same place and size. Emits `value-change`, with `dragging` while it moves; decides nothing.
 */
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import type WaSlider from '@awesome.me/webawesome/dist/components/slider/slider.js';
import { ValueEvent } from '../events.ts';
import { base } from '../styles.ts';
import { fromPosition, positions, toPosition, type Scale } from './slider-scale.ts';
import { whenDefined } from './web-awesome.ts';

@customElement('value-slider')
export class ValueSlider extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        height: 22px;
      }
      .still {
        position: relative;
        top: 9px;
        height: 4px;
        border-radius: 9px;
        background: var(--line);
      }
      .still i {
        position: absolute;
        inset: 0 auto 0 0;
        border-radius: 9px;
        background: var(--ink);
      }
      .still b {
        position: absolute;
        top: -6px;
        width: 16px;
        height: 16px;
        border-radius: 50%;
        background: var(--card);
        border: 2px solid var(--ink);
        transform: translateX(-8px);
      }
      wa-slider {
        --track-size: 4px;
        --thumb-width: 16px;
        --thumb-height: 16px;
        padding-top: 9px;
      }
      wa-slider::part(label),
      wa-slider::part(hint) {
        position: absolute;
        width: 1px;
        height: 1px;
        margin: 0;
        overflow: hidden;
        clip-path: inset(50%);
      }
      wa-slider::part(slider) {
        margin: -9px 0;
        padding: 9px 0;
      }
      wa-slider::part(thumb) {
        background: var(--card);
        border: 2px solid var(--ink);
      }
    `,
  ];

  @property() label = '';
  @property({ type: Number }) value = 0;
  @property({ type: Number }) min = 0;
  @property({ type: Number }) max = 1;
  @property() scale: Scale = 'linear';
  /** Rounds what a position stands for; handed in, because only the owner knows what makes sense. */
  @property({ attribute: false }) round: (value: number) => number = (value) => value;
  /** What a screen reader says for a value. */
  @property({ attribute: false }) say: (value: number) => string = String;
  @state() protected ready = false;

  override connectedCallback(): void {
    super.connectedCallback();
    whenDefined('wa-slider', () => (this.ready = true));
  }

  override render(): TemplateResult {
    const at = toPosition(this.value, this.min, this.max, this.scale);
    if (!this.ready) return this.#still(at);
    return html`<wa-slider
      size="s"
      .label=${this.label}
      .min=${0}
      .max=${positions}
      .step=${1}
      .value=${at}
      .valueFormatter=${(position: number) => this.say(this.#valueAt(position))}
      @input=${(event: Event) => this.#emit(event, true)}
      @change=${(event: Event) => this.#emit(event, false)}
    ></wa-slider>`;
  }

  #still(at: number): TemplateResult {
    const share = `${(at / positions) * 100}%`;
    return html`<div class="still" aria-hidden="true">
      <i style=${styleMap({ width: share })}></i><b style=${styleMap({ left: share })}></b>
    </div>`;
  }

  #valueAt(position: number): number {
    return this.round(fromPosition(position, this.min, this.max, this.scale));
  }

  #emit(event: Event, dragging: boolean): void {
    event.stopPropagation();
    const slider = event.currentTarget as WaSlider;
    this.dispatchEvent(new ValueEvent(this.#valueAt(slider.value), dragging));
  }
}
