/** `<models-card>`: which models are swept, the units of the nets, and which model is timed. Emits `sweep-wish`. */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import { msg, str } from '@lit/localize';
import '../../ui/controls/choice-field.ts';
import { defaultSweeps, modelUnfit, sweepRanges, type SweepModel, type SweepSettings } from '../../session/sweep/settings.ts';
import type { ValueEvent } from '../../ui/events.ts';
import { base, card, row } from '../../ui/styles.ts';
import {
  inkShare,
  modelName,
  netSlots,
  oneLayerName,
  ordered,
  parseUnits,
  slotName,
  slotsOf,
  unitsText,
  usualNets,
  type NetSlot,
} from './models.ts';
import { modelsCardStyles } from './models-card-styles.ts';
import { SweepWishEvent } from './sweep-wish.ts';

@customElement('models-card')
export class ModelsCard extends LitElement {
  static override styles = [base, card, row, modelsCardStyles];

  @property({ attribute: false }) settings: SweepSettings = defaultSweeps.fashion;
  /** What was typed and is no net, by slot. */
  @state() protected refused: Partial<Record<NetSlot, string>> = {};
  /** Units of nets that are switched off, as they were. */
  #rested: Partial<Record<NetSlot, SweepModel>> = {};

  override render(): TemplateResult {
    const { settings } = this;
    const slots = slotsOf(settings.models);
    const named = [...slots.values(), 'svm', 'svm-hog', 'logistic'];
    const others = ordered(settings.models).filter((model) => !named.includes(model));
    return html`<section class="card" aria-labelledby="title">
      <h2 id="title">${msg('Models')}</h2>
      ${this.#svm()} ${this.#box('logistic', oneLayerName(settings), nothing)} ${netSlots.map((slot) => this.#net(slot, slots.get(slot)))}
      ${others.map((model) => this.#box(model, modelName(model, settings), nothing))} ${this.#timed()}
    </section>`;
  }

  #svm(): TemplateResult | typeof nothing {
    const { models } = this.settings;
    if (modelUnfit('svm', this.settings) !== null) return nothing;
    const used = models.filter((model) => model === 'svm' || model === 'svm-hog');
    const features = [
      { value: 'svm', label: msg('raw pixels') },
      { value: 'svm-hog', label: 'HOG' },
      { value: 'svm,svm-hog', label: msg('both') },
    ];
    const value = used.length > 0 ? ordered(used).join() : 'svm';
    const choose = (event: ValueEvent<string>): void => this.#set([...this.#without(...used), ...event.value.split(',')]);
    const which =
      used.length === 0 || modelUnfit('svm-hog', this.settings) !== null
        ? nothing
        : html`<choice-field
            data-testid="svm-features"
            label=${msg('on')}
            .value=${value}
            .choices=${features}
            @value-change=${choose}
          ></choice-field>`;
    const [first = 'svm'] = used;
    return this.#row(first, msg('linear SVM'), used.length > 0, used.length > 0 ? used : ['svm'], which);
  }

  #net(slot: NetSlot, model: SweepModel | undefined): TemplateResult {
    const units = model ?? this.#rested[slot] ?? usualNets[slot];
    const bad = this.refused[slot];
    const field = html`<input
      type="text"
      class="units"
      data-testid="units-${slot}"
      autocomplete="off"
      spellcheck="false"
      aria-label=${msg(str`Units of the hidden layers of the ${slotName(slot)}`)}
      aria-invalid=${bad === undefined ? 'false' : 'true'}
      aria-describedby=${bad === undefined ? nothing : `why-${slot}`}
      ?disabled=${model === undefined}
      .value=${bad ?? unitsText(units)}
      @change=${(event: Event) => this.#units(slot, units, (event.currentTarget as HTMLInputElement).value)}
    />`;
    return html`${this.#row(units, slotName(slot), model !== undefined, [units], field)}
    ${bad === undefined ? nothing : html`<p class="bad" id="why-${slot}" role="alert">${msg(str`“${bad}” is no net: one to four layers of 1 to 4096 units, such as 64 or 512 · 512.`)}</p>`}`;
  }

  #box(model: SweepModel, label: string, more: TemplateResult | typeof nothing): TemplateResult {
    return this.#row(model, label, this.settings.models.includes(model), [model], more);
  }

  /** @param all what the box switches on and off */
  #row(model: SweepModel, label: string, on: boolean, all: readonly SweepModel[], more: TemplateResult | typeof nothing): TemplateResult {
    const { models } = this.settings;
    const last = on && models.every((one) => all.includes(one));
    const full = !on && models.length >= sweepRanges.models[1];
    const ink = `${Math.round(100 * (on ? inkShare(model, models) : 0.12))}%`;
    return html`<div class="row model">
      <label>
        <input
          type="checkbox"
          data-testid="model-${model}"
          .checked=${on}
          ?disabled=${last || full}
          @change=${(event: Event) => this.#switch(all, (event.currentTarget as HTMLInputElement).checked)}
        />
        <i class="swatch" style=${styleMap({ '--ink-share': ink })}></i>${label}
      </label>
      ${more}
    </div>`;
  }

  #timed(): TemplateResult {
    const { settings } = this;
    const models = ordered([...settings.models, settings.timed]);
    const timed = models.map((value) => ({ value, label: modelName(value, { ...settings, models }) }));
    return html`<choice-field
      class="timed"
      data-testid="timed"
      label=${msg('Timed')}
      .value=${settings.timed}
      .choices=${timed}
      @value-change=${(e: ValueEvent<string>) => this.#change({ timed: e.value })}
    ></choice-field>`;
  }

  #without(...models: readonly SweepModel[]): readonly SweepModel[] {
    return this.settings.models.filter((model) => !models.includes(model));
  }

  #switch(all: readonly SweepModel[], on: boolean): void {
    if (on) return this.#set([...this.settings.models, ...all]);
    for (const [slot, model] of slotsOf(this.settings.models)) if (all.includes(model)) this.#rested[slot] = model;
    this.#set(this.#without(...all));
  }

  #units(slot: NetSlot, before: SweepModel, text: string): void {
    const model = parseUnits(text);
    const { [slot]: _, ...others } = this.refused;
    this.refused = model === undefined ? { ...others, [slot]: text } : others;
    if (model !== undefined) this.#set([...this.#without(before), model], before, model);
  }

  /** What is timed goes with the model that it was. */
  #set(models: readonly SweepModel[], before?: SweepModel, after?: SweepModel): void {
    const { timed } = this.settings;
    const all = ordered(models);
    const kept = timed === before && after !== undefined ? after : timed;
    this.#change({ models: all, timed: all.includes(kept) ? kept : (all[0] ?? timed) });
  }

  #change(patch: Partial<SweepSettings>): void {
    this.dispatchEvent(new SweepWishEvent({ kind: 'change', patch }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'models-card': ModelsCard;
  }
}
