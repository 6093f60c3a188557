/** `<facts-card>`: what a kernel keeps to: formula, entry point, bindings, `override`s as sliders, its twin. Emits `kernels-wish`. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import '../../ui/controls/choice-field.ts';
import type { BindingInfo, Constants, ContractInfo, KernelFile } from '../../session/kernels/protocol.ts';
import type { ValueEvent } from '../../ui/events.ts';
import { base, button, card } from '../../ui/styles.ts';
import { listing } from './kernels-lab-styles.ts';
import { hasChosen } from './kernels-state.ts';
import { KernelsWishEvent, type KernelsWish } from './kernels-wish.ts';

@customElement('facts-card')
export class FactsCard extends LitElement {
  static override styles = [
    base,
    card,
    button,
    listing,
    css`
      .formula {
        font-size: 15px;
        margin-bottom: 8px;
      }
      code {
        font:
          12px/1.5 ui-monospace,
          SFMono-Regular,
          Menlo,
          Consolas,
          monospace;
      }
      ul {
        margin: 4px 0 10px;
        padding: 0;
        list-style: none;
        font-size: 12.5px;
      }
      li {
        margin: 2px 0;
        overflow-wrap: anywhere;
      }
      .override {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 0 10px;
        margin: 4px 0;
        font-size: 12.5px;
      }
      .override input {
        grid-column: 1 / -1;
        width: 100%;
        accent-color: var(--gpu);
      }
      .btn {
        margin-top: 8px;
      }
    `,
  ];

  @property({ attribute: false }) file: KernelFile | null = null;
  @property({ attribute: false }) contract: ContractInfo | null = null;
  @property({ attribute: false }) chosen: Constants = {};
  @property({ attribute: false }) twins: Readonly<Record<string, string>> = {};

  override render(): TemplateResult {
    const { file, contract } = this;
    return html`<section class="card" aria-labelledby="title">
      <h2 id="title">${msg('What it computes')}</h2>
      ${
        file?.kind === 'drawn'
          ? html`<p class="quiet">
              ${msg('This file draws the surfaces of the Loss lab. Its gate draws small pictures and compares every pixel with a twin: within 2/255 where corners fall upon pixels, 6/255 in perspective, 1/16 along a stroke.')}
            </p>`
          : nothing
      }
      ${contract ? this.#contract(contract) : nothing}
    </section>`;
  }

  #contract(contract: ContractInfo): TemplateResult {
    const { file } = this;
    const { formula, bindings, libraries, twin, entryPoint, feature, sliders } = contract;
    return html`<p class="formula">${formula}</p>
      ${
        file && file.contracts.length > 1
          ? html`<choice-field
              data-testid="entry"
              label=${file.kind === 'shared' ? msg('Timed in') : msg('Timed')}
              .value=${contract.id}
              .choices=${file.contracts.map(({ id }) => ({ value: id, label: id }))}
              @value-change=${({ value }: ValueEvent<string>) => this.#wish({ kind: 'contract', id: value })}
            ></choice-field>`
          : nothing
      }
      <ul aria-label=${msg('Bindings')}>
        <li>${msg('Entry point')} <code>${entryPoint}</code>${feature === null ? nothing : msg(str`, needs ${feature}`)}</li>
        ${bindings.map((binding) => this.#binding(binding))}
        ${libraries.length === 0 ? nothing : html`<li class="quiet">${msg('In front of it:')} ${libraries.join(', ')}</li>`}
      </ul>
      ${Object.entries(sliders)
        .filter(([, values]) => values.length > 1)
        .map(([name, values]) => this.#slider(name, values))}
      ${
        hasChosen(this)
          ? html`<button class="btn small" data-testid="unchoose" @click=${this.#unchoose}>
              ${msg('Constants as the race has them')}
            </button>`
          : nothing
      }
      <details>
        <summary>${msg('The CPU twin in TypeScript')}: ${twin}</summary>
        <pre tabindex="0">${this.twins[twin] ?? ''}</pre>
      </details>`;
  }

  #binding({ binding, kind, fields }: BindingInfo): TemplateResult {
    const access = {
      uniform: 'uniform',
      read: 'storage, read',
      write: 'storage, read_write',
      'texels-uint': 'texture_2d<u32>',
      'texels-float': 'texture_2d<f32>',
    }[kind];
    return html`<li>
      <code>@binding(${binding})</code> ${access}${fields.length === 0 ? nothing : html`: <span class="quiet">${fields.join(', ')}</span>`}
    </li>`;
  }

  #slider(name: string, values: readonly number[]): TemplateResult {
    const sorted = [...values].sort((a, b) => a - b);
    const value = this.chosen[name];
    const index = sorted.indexOf(value ?? values[0] ?? 0);
    return html`<label class="override">
      <code>${name}</code><span>${value ?? msg(str`${values[0] ?? 0}, or what a trial wants`)}</span>
      <input
        type="range"
        min="0"
        max=${sorted.length - 1}
        step="1"
        .value=${String(index)}
        aria-valuetext=${String(sorted[index])}
        @input=${(event: Event) => this.#choose(name, sorted, event)}
      />
    </label>`;
  }

  #choose(name: string, sorted: readonly number[], event: Event): void {
    const value = sorted[Number((event.target as HTMLInputElement).value)];
    if (value !== undefined) this.#wish({ kind: 'choose', name, value });
  }

  /** The button goes with what it takes back. */
  #unchoose(): void {
    this.#wish({ kind: 'unchoose' });
    this.renderRoot.querySelector<HTMLElement>('.override input')?.focus();
  }

  #wish(wish: KernelsWish): void {
    this.dispatchEvent(new KernelsWishEvent(wish));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'facts-card': FactsCard;
  }
}
