/** `<sweep-card>`: which data, which m, how many seeds, and when a run ends; two presets. Emits `sweep-wish`. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import '../../ui/controls/choice-field.ts';
import '../../ui/controls/number-field.ts';
import '../../ui/own/own-button.ts';
import { datasetNames, ranges } from '../../session/settings.ts';
import {
  plannedRuns,
  defaultSweeps,
  fewExamples,
  quickSweep,
  sweepBudgets,
  sweepRanges,
  type SweepSettings,
} from '../../session/sweep/settings.ts';
import type { SweepBudget } from '../../session/sweep/protocol.ts';
import type { Choice } from '../../ui/controls/choice-field.ts';
import type { ValueEvent } from '../../ui/events.ts';
import { editable, integer } from '../../ui/format.ts';
import { mostExamples } from '../../ui/model-rules.ts';
import { base, button, card, row } from '../../ui/styles.ts';
import { choices, datasetName, fashionClasses, normalizationChoices, toyChoices } from '../../ui/words.ts';
import { budgetSentence } from './sentences.ts';
import { SweepWishEvent } from './sweep-wish.ts';

type Patch = Partial<SweepSettings>;

@customElement('sweep-card')
export class SweepCard extends LitElement {
  static override styles = [
    base,
    card,
    row,
    button,
    css`
      .why {
        margin: 4px 0 8px;
      }
      .presets {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: 8px;
        margin-top: 8px;
      }
      .btn.small {
        padding: 5px 10px;
      }
      .btn[aria-pressed='true'] {
        border-color: var(--ink);
        box-shadow: inset 0 0 0 1px var(--ink);
      }
      summary {
        cursor: pointer;
        min-height: 27px;
        line-height: 27px;
        color: var(--soft);
        border-radius: 5px;
      }
    `,
  ];

  @property({ attribute: false }) settings: SweepSettings = defaultSweeps.fashion;

  override render(): TemplateResult {
    const { settings } = this;
    return html`<section class="card" aria-labelledby="title">
      <h2 id="title">${msg('Sweep')}</h2>
      ${this.#choice(msg('Data'), settings.set, choices(datasetNames, datasetName), (set) => ({ set }) as Patch, 'sweep-set')}
      ${this.#special()} ${this.#sizes()}
      ${this.#choice(msg('Budget'), settings.budget, choices(sweepBudgets, budgetName), (budget) => budgetPatch(budget, settings), 'budget')}
      ${this.#count()}
      <p class="quiet why" data-testid="budget-why">${budgetSentence(settings)}</p>
      ${this.#more()} ${this.#presets()}
    </section>`;
  }

  #sizes(): TemplateResult {
    const { settings } = this;
    const [least, most] = sweepRanges.m;
    const largest = Math.min(most, Math.max(mostExamples[settings.set], defaultSweeps[settings.set].mTo));
    const few = integer(fewExamples);
    return html`${this.#number(msg('m from'), settings.mFrom, [least, settings.mTo - 1], (mFrom) => ({ mFrom }), 'm-from')}
    ${this.#number(msg('m to'), settings.mTo, [settings.mFrom + 1, largest], (mTo) => ({ mTo }), 'm-to')}
    ${this.#number(msg('Points, log-spaced'), settings.points, sweepRanges.points, (points) => ({ points }), 'points-asked')}
    ${this.#number(msg(str`Seeds up to m = ${few}`), settings.seeds, sweepRanges.seeds, (seeds) => ({ seeds }), 'seeds')}
    ${this.#number(msg('Seeds above'), settings.seedsAbove, sweepRanges.seeds, (seedsAbove) => ({ seedsAbove }), 'seeds-above')}`;
  }

  #count(): TemplateResult | typeof nothing {
    const { settings } = this;
    switch (settings.budget) {
      case 'stops':
        return nothing;
      case 'epochs':
        return this.#number(msg('Epochs'), settings.epochs, sweepRanges.epochs, (epochs) => ({ epochs }), 'epochs');
      case 'steps':
        return this.#number(msg('Steps'), settings.steps, sweepRanges.steps, (steps) => ({ steps }), 'steps-asked');
    }
  }

  #special(): TemplateResult | typeof nothing {
    const { settings } = this;
    switch (settings.set) {
      case 'toys':
        return html`${this.#choice(msg('Toy'), settings.toy, toyChoices(), (toy) => ({ toy }) as Patch)}
        ${this.#number(msg('Noise'), settings.noise, ranges.noise, (noise) => ({ noise }), '', false)}`;
      case 'own':
        return html`<own-button .line=${settings.own ?? ''}></own-button>`;
      case 'fashion':
        return this.#classes();
      case 'synthetic': {
        const storages = [
          { value: 'uint8', label: msg('uint8, a byte each') },
          { value: 'float32', label: msg('float32, four bytes each') },
        ];
        return html`${this.#number(msg('Features n'), settings.n, ranges.n, (n) => ({ n }))}
        ${this.#choice(msg('Storage'), settings.storage, storages, (storage) => ({ storage }) as Patch)}`;
      }
      case 'cats':
      case 'houses':
      case 'adverts':
        return nothing;
    }
  }

  #classes(): TemplateResult {
    const { classes } = this.settings;
    const kinds = [
      { value: 'all', label: msg('all ten') },
      { value: 'two', label: msg('two of them') },
    ];
    const kind = this.#choice(msg('Classes'), classes ? 'two' : 'all', kinds, (value) => ({ classes: value === 'two' ? [2, 6] : null }));
    if (!classes) return kind;
    const [first, second] = classes;
    const names = fashionClasses().map((label, index) => ({ value: String(index), label }));
    const but = (index: number): readonly Choice[] => names.filter(({ value }) => value !== String(index));
    return html`${kind} ${this.#choice('y = 0', String(first), but(second), (value) => ({ classes: [Number(value), second] }))}
    ${this.#choice('y = 1', String(second), but(first), (value) => ({ classes: [first, Number(value)] }))}`;
  }

  #more(): TemplateResult {
    const { settings } = this;
    const shares = [...new Set([0.05, 0.1, 0.2, 0.3, 0.4, 0.5, settings.testShare])].sort((a, b) => a - b);
    const shareChoices = shares.map((share) => ({ value: String(share), label: `${Number((share * 100).toPrecision(4))} %` }));
    const own = settings.set === 'cats' || settings.set === 'fashion';
    return html`<details>
      <summary>${msg('More')}</summary>
      ${this.#number(msg('Learning rate α'), settings.learningRate, ranges.learningRate, (learningRate) => ({ learningRate }), 'alpha', false)}
      ${this.#number(msg('Seed'), settings.seed, ranges.seed, (seed) => ({ seed }), 'seed')}
      ${
        own
          ? html`<div class="row"><span>${msg('Test set')}</span><span>${msg('a set of its own')}</span></div>`
          : this.#choice(msg('Test share'), String(settings.testShare), shareChoices, (share) => ({ testShare: Number(share) }))
      }
      ${this.#choice(msg('Scaling'), settings.normalization, normalizationChoices(), (normalization) => ({ normalization }) as Patch)}
    </details>`;
  }

  #presets(): TemplateResult {
    const { settings } = this;
    const { set, classes, toy, noise, n, storage } = settings;
    const whole = { ...defaultSweeps[set], classes, toy, noise, n, storage };
    const same = (other: SweepSettings): boolean =>
      JSON.stringify(Object.entries(other).sort()) === JSON.stringify(Object.entries(settings).sort());
    const preset = (name: 'quick' | 'whole', label: string, what: SweepSettings): TemplateResult =>
      html`<button
        class="btn small"
        data-testid="preset-${name}"
        aria-pressed=${same(what)}
        title=${msg(str`m up to ${integer(what.mTo)}, ${integer(plannedRuns(what))} runs`)}
        @click=${() => this.dispatchEvent(new SweepWishEvent({ kind: 'preset', preset: name }))}
      >
        ${label}
      </button>`;
    return html`<div class="presets" role="group" aria-label=${msg('Presets')}>
      ${preset('quick', msg('Quick'), quickSweep(whole))} ${preset('whole', msg('Whole'), whole)}
    </div>`;
  }

  #choice(label: string, value: string, list: readonly Choice[], patch: (value: string) => Patch, id = ''): TemplateResult {
    return html`<choice-field
      data-testid=${id || nothing}
      label=${label}
      .value=${value}
      .choices=${list}
      @value-change=${(e: ValueEvent<string>) => this.#change(patch(e.value))}
    ></choice-field>`;
  }

  #number(
    label: string,
    value: number,
    [low, high]: readonly [number, number],
    patch: (value: number) => Patch,
    id = '',
    whole = true,
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

  #change(patch: Patch): void {
    this.dispatchEvent(new SweepWishEvent({ kind: 'change', patch }));
  }
}

function budgetName(budget: SweepBudget): string {
  const names: Readonly<Record<SweepBudget, string>> = {
    stops: msg('until it stops helping'),
    epochs: msg('equal epochs'),
    steps: msg('equal steps'),
  };
  return names[budget];
}

/** The number that belongs to another budget goes back to its default: it is not to make two sweeps of one. */
function budgetPatch(value: string, { set }: SweepSettings): Patch {
  const { epochs, steps } = defaultSweeps[set];
  const budget = sweepBudgets.find((name) => name === value);
  return budget === undefined ? {} : { budget, epochs, steps };
}

declare global {
  interface HTMLElementTagNameMap {
    'sweep-card': SweepCard;
  }
}
