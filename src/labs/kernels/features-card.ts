/** `<features-card>`: features of WGSL that this adapter has, each with its switch; a sentence where it lacks one. Emits `kernels-wish`. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import type { Processor, Switch } from '../../session/kernels/protocol.ts';
import { base, card } from '../../ui/styles.ts';
import { switches } from './kernels-query.ts';
import { KernelsWishEvent } from './kernels-wish.ts';

const about = (feature: Switch): string =>
  feature === 'shader-f16'
    ? msg('Numbers of sixteen bits: half the bytes, three digits.')
    : msg('Threads that run side by side read each other’s registers, without workgroup memory.');

@customElement('features-card')
export class FeaturesCard extends LitElement {
  static override styles = [
    base,
    card,
    css`
      label {
        display: flex;
        gap: 8px;
        align-items: baseline;
      }
      p {
        margin: 0 0 8px;
        font-size: 12.5px;
      }
    `,
  ];

  @property({ attribute: false }) processor: Processor | null = null;
  @property({ attribute: false }) on: readonly Switch[] = [];

  override render(): TemplateResult | typeof nothing {
    if (this.processor?.kind !== 'gpu') return nothing;
    const { offers } = this.processor;
    return html`<section class="card" aria-labelledby="title">
      <h2 id="title">${msg('Features')}</h2>
      ${Object.entries(switches).map(([name, feature]) => this.#feature(name, feature, offers.includes(feature)))}
    </section>`;
  }

  #feature(name: string, feature: Switch, offered: boolean): TemplateResult {
    if (!offered) {
      const asked = this.on.includes(feature) ? msg('It is asked for, and stays off.') : '';
      return html`<p class="quiet" data-testid="lacks-${name}">${msg(str`This adapter has no ${feature}.`)} ${asked}</p>`;
    }
    return html`<label>
        <input type="checkbox" data-testid="with-${name}" .checked=${this.on.includes(feature)} @change=${() => this.#toggle(feature)} />
        <code>enable ${name};</code>
      </label>
      <p class="quiet">${about(feature)}</p>`;
  }

  #toggle(feature: Switch): void {
    this.dispatchEvent(new KernelsWishEvent({ kind: 'switch', feature }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'features-card': FeaturesCard;
  }
}
