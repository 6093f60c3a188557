/** `<model-card>`: the net as a row of layers that one can add to, change and remove, and how it is trained. Emits `settings-change`. */
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import '../../ui/controls/choice-field.ts';
import '../../ui/controls/number-field.ts';
import '../../ui/controls/value-slider.ts';
import './layer-editor.ts';
import type { DataReport } from '../../session/protocol.ts';
import { defaultSettings, ranges, type HiddenLayer, type Settings } from '../../session/settings.ts';
import type { Choice } from '../../ui/controls/choice-field.ts';
import { roundTo } from '../../ui/controls/slider-scale.ts';
import { SettingsChangeEvent, type ValueEvent } from '../../ui/events.ts';
import { editable, integer, plain } from '../../ui/format.ts';
import { costsFor, outputsFor, taskOf } from '../../ui/model-rules.ts';
import { base, button, card, row } from '../../ui/styles.ts';
import type { LayerWishEvent } from './layer-editor.ts';
import { modelCardStyles } from './model-card-styles.ts';
import { activationName, costChoices, optimizerChoices } from './names.ts';

/** The slider covers the rates that are of use; a field beside it takes any. */
const learningRates = { min: 1e-5, max: 10 } as const;

@customElement('model-card')
export class ModelCard extends LitElement {
  static override styles = [base, card, row, button, modelCardStyles];

  @property({ attribute: false }) settings: Settings = defaultSettings.cats;
  @property({ attribute: false }) data: DataReport | null = null;
  /** Index of the hidden layer that is being edited, `output`, or null. */
  @state() protected open: number | 'output' | null = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { settings } = this;
    if (changed.has('settings') && typeof this.open === 'number' && this.open >= settings.hidden.length) this.open = null;
    if (changed.get('settings') && changed.get('settings')?.set !== settings.set) this.open = null;
  }

  override render(): TemplateResult {
    return html`<section class="card" aria-labelledby="title">
      <h2 id="title">${msg('Model')}</h2>
      ${this.#net()} ${this.#editor()} ${this.#cost()} ${this.#rate()} ${this.#optimizer()} ${this.#batch()}
      <div class="pair">
        ${this.#number(msg('Steps'), this.settings.steps, ranges.steps, true, (steps) => ({ steps }), 'steps-asked')}
        ${this.#number(msg('L2 λ'), this.settings.l2, ranges.l2, false, (l2) => ({ l2 }), 'l2')}
      </div>
    </section>`;
  }

  #net(): TemplateResult {
    const { settings, data } = this;
    const arrow = html`<span class="arrow" aria-hidden="true">→</span>`;
    const full = settings.hidden.length >= ranges.layers[1];
    return html`<div class="net" data-testid="net">
      <div class="layer">${data ? integer(data.n) : '…'}<small>${data?.image ? msg('pixels') : msg('features')}</small></div>
      ${settings.hidden.map((layer, i) => html`${arrow}${this.#box(layer, i)}`)} ${arrow}${this.#outputBox()}
      ${full ? nothing : html`<button class="layer add" data-testid="add-layer" aria-label=${msg('Add a hidden layer')} title=${msg('Add a hidden layer')} @click=${this.#add}>+</button>`}
    </div>`;
  }

  #box({ units, activation }: HiddenLayer, index: number): TemplateResult {
    const open = this.open === index;
    return html`<button
      class="layer"
      data-testid="layer-${index + 1}"
      aria-expanded=${open}
      aria-label=${msg(str`Hidden layer ${index + 1}: ${units} units, ${activationName(activation)}. Change`)}
      @click=${() => (this.open = open ? null : index)}
    >
      ${integer(units)}<small>${activationName(activation)}</small>
    </button>`;
  }

  #outputBox(): TemplateResult {
    const { settings, data } = this;
    const count = data ? integer(data.outputs) : settings.output === 'softmax' ? '10' : '1';
    const body = html`${count}<small>${activationName(settings.output)}</small>`;
    if (outputsFor(taskOf(settings)).length < 2) return html`<div class="layer">${body}</div>`;
    const open = this.open === 'output';
    return html`<button
      class="layer"
      data-testid="layer-output"
      aria-expanded=${open}
      aria-label=${msg(str`Output: ${activationName(settings.output)}. Change`)}
      @click=${() => (this.open = open ? null : 'output')}
    >
      ${body}
    </button>`;
  }

  #editor(): TemplateResult | typeof nothing {
    const { settings, open } = this;
    if (open === null) return nothing;
    if (open === 'output') {
      const choices = outputsFor(taskOf(settings)).map((value) => ({ value, label: outputMeaning(value) }));
      return html`<div class="editor">
        ${this.#choice(msg('Output'), settings.output, choices, (output) => ({ output }) as Partial<Settings>)}
      </div>`;
    }
    const layer = settings.hidden[open];
    if (!layer) return nothing;
    return html`<layer-editor
      class="editor"
      .layer=${layer}
      number=${open + 1}
      @layer-wish=${(e: LayerWishEvent) => this.#edit(open, e.layer)}
    ></layer-editor>`;
  }

  #cost(): TemplateResult {
    const { settings } = this;
    const costs = costChoices(costsFor(settings.output, taskOf(settings)));
    if (costs.length > 1) return this.#choice(msg('Cost J'), settings.cost, costs, (cost) => ({ cost }) as Partial<Settings>);
    return html`<div class="row"><span>${msg('Cost J')}</span><span>${costs[0]?.label ?? ''}</span></div>`;
  }

  #rate(): TemplateResult {
    const { learningRate } = this.settings;
    const take = ({ value, dragging }: ValueEvent<number>): void => this.#change({ learningRate: value }, dragging);
    const [low, high] = ranges.learningRate;
    const label = msg('Learning rate α');
    return html`<number-field
        data-testid="alpha"
        label=${label}
        .value=${learningRate}
        .low=${low}
        .high=${high}
        .show=${editable}
        @value-change=${take}
      ></number-field>
      <value-slider
        data-testid="alpha-slider"
        label=${label}
        .value=${learningRate}
        .min=${learningRates.min}
        .max=${learningRates.max}
        scale="log"
        .round=${(value: number) => roundTo(value, 2)}
        .say=${plain}
        @value-change=${take}
      ></value-slider>`;
  }

  #optimizer(): TemplateResult {
    return this.#choice(msg('Optimiser'), this.settings.optimizer, optimizerChoices(), (optimizer) => ({ optimizer }) as Partial<Settings>);
  }

  #batch(): TemplateResult {
    const { batch } = this.settings;
    const sizes = [...new Set([0, 16, 32, 64, 128, 256, 512, 1024, 2048, batch])].sort((a, b) => a - b);
    const most = this.data?.m ?? Number.POSITIVE_INFINITY;
    const choices = sizes
      .filter((size) => size <= most || size === batch)
      .map((size) => ({ value: String(size), label: size === 0 ? msg('all m') : integer(size) }));
    return this.#choice(msg('Batch'), String(batch), choices, (size) => ({ batch: Number(size) }));
  }

  #choice(label: string, value: string, choices: readonly Choice[], patch: (value: string) => Partial<Settings>): TemplateResult {
    return html`<choice-field
      label=${label}
      .value=${value}
      .choices=${choices}
      @value-change=${(e: ValueEvent<string>) => this.#change(patch(e.value))}
    ></choice-field>`;
  }

  #number(
    label: string,
    value: number,
    [low, high]: readonly [number, number],
    whole: boolean,
    patch: (v: number) => Partial<Settings>,
    id = '',
  ): TemplateResult {
    return html`<number-field
      data-testid=${id || nothing}
      label=${label}
      .value=${value}
      .low=${low}
      .high=${high}
      ?whole=${whole}
      .show=${whole ? integer : editable}
      @value-change=${(e: ValueEvent<number>) => this.#change(patch(e.value))}
    ></number-field>`;
  }

  #add(): void {
    const hidden: readonly HiddenLayer[] = [...this.settings.hidden, { units: 16, activation: 'relu' }];
    this.open = hidden.length - 1;
    this.#change({ hidden });
  }

  #edit(index: number, layer: HiddenLayer | null): void {
    const hidden = layer ? this.settings.hidden.with(index, layer) : this.settings.hidden.toSpliced(index, 1);
    if (!layer) this.open = null;
    this.#change({ hidden });
  }

  #change(patch: Partial<Settings>, dragging = false): void {
    this.dispatchEvent(new SettingsChangeEvent(patch, dragging));
  }
}

function outputMeaning(output: Settings['output']): string {
  switch (output) {
    case 'sigmoid':
      return msg('σ, a probability');
    case 'softmax':
      return msg('softmax, a probability a class');
    case 'linear':
      return msg('linear, a score');
  }
}
