/** `<nets-card>`: which data, how deep and wide the net, how it trains and on what. Emits `activation-wish`. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '@lit/localize';
import '../../ui/controls/choice-field.ts';
import '../../ui/controls/number-field.ts';
import '../../ui/own/own-button.ts';
import type { TrainingEngine } from '../../session/activations/protocol.ts';
import {
  activationRanges,
  activationSets,
  defaultActivations,
  trainedOns,
  type ActivationSettings,
  type TrainedOn,
} from '../../session/activations/settings.ts';
import type { Choice } from '../../ui/controls/choice-field.ts';
import type { ValueEvent } from '../../ui/events.ts';
import { editable, integer } from '../../ui/format.ts';
import { mostExamples } from '../../ui/model-rules.ts';
import { base, card, row } from '../../ui/styles.ts';
import { choices, datasetName, toyChoices } from '../../ui/words.ts';
import { ActivationWishEvent } from './activation-wish.ts';
import { engineSentence } from './sentences.ts';

type Patch = Partial<ActivationSettings>;

@customElement('nets-card')
export class NetsCard extends LitElement {
  static override styles = [
    base,
    card,
    row,
    css`
      .why {
        margin: 6px 0 0;
        line-height: 1.35;
      }
    `,
  ];

  @property({ attribute: false }) settings: ActivationSettings = defaultActivations.fashion;
  @property({ attribute: false }) engine: TrainingEngine | null = null;

  override render(): TemplateResult {
    const { settings, engine } = this;
    const { set, toy, on } = settings;
    const most = Math.min(activationRanges.m[1], mostExamples[set]);
    return html`<section class="card" aria-labelledby="title">
      <h2 id="title">${msg('The same net, four times')}</h2>
      ${this.#choice(msg('Data'), set, choices(activationSets, datasetName), (value) => ({ set: value }) as Patch, 'set')}
      ${set === 'own' ? html`<own-button .line=${settings.own ?? ''}></own-button>` : nothing}
      ${set === 'toys' ? this.#choice(msg('Toy'), toy, toyChoices(), (value) => ({ toy: value }) as Patch, 'toy') : nothing}
      ${set === 'toys' ? this.#number(msg('Noise'), 'noise', false) : nothing} ${this.#number(msg('Examples m'), 'm', true, most)}
      ${this.#number(msg('Hidden layers'), 'depth')} ${this.#number(msg('Units in each'), 'width')} ${this.#number(msg('Steps'), 'steps')}
      ${this.#number(msg('Learning rate α'), 'learningRate', false)} ${this.#number(msg('Seed'), 'seed')}
      ${this.#choice(msg('Trained on'), on, choices(trainedOns, onName), (value) => ({ on: value }) as Patch, 'on')}
      <p class="why quiet" data-testid="engine">
        ${engine ? engineSentence(engine) : msg('What trains is chosen when the data are there.')}
      </p>
    </section>`;
  }

  #choice(label: string, value: string, list: readonly Choice[], patch: (value: string) => Patch, id: string): TemplateResult {
    return html`<choice-field
      data-testid=${id}
      label=${label}
      .value=${value}
      .choices=${list}
      @value-change=${(event: ValueEvent<string>) => this.#change(patch(event.value))}
    ></choice-field>`;
  }

  #number(label: string, field: keyof typeof activationRanges, whole = true, most?: number): TemplateResult {
    const [low, high] = activationRanges[field];
    return html`<number-field
      data-testid=${field}
      label=${label}
      .value=${this.settings[field]}
      .low=${low}
      .high=${most ?? high}
      ?whole=${whole}
      .show=${whole ? integer : editable}
      @value-change=${(event: ValueEvent<number>) => this.#change({ [field]: event.value })}
    ></number-field>`;
  }

  #change(patch: Patch): void {
    this.dispatchEvent(new ActivationWishEvent({ kind: 'change', patch }));
  }
}

function onName(on: TrainedOn): string {
  const names: Readonly<Record<TrainedOn, string>> = { auto: msg('what suits'), gpu: 'GPU', cpu: 'CPU' };
  return names[on];
}

declare global {
  interface HTMLElementTagNameMap {
    'nets-card': NetsCard;
  }
}
