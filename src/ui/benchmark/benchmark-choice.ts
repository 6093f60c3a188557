/** `<benchmark-choice>`: which workloads, and how long they are timed. Emits `value-change` with both; starts nothing. */
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '@lit/localize';
import { lawShares, suites, usualSeconds, workloads, type SuiteName } from '../../session/bench/workload.ts';
import '../controls/number-field.ts';
import '../controls/segment-field.ts';
import { ValueEvent } from '../events.ts';
import { base } from '../styles.ts';
import { expectedSeconds } from './bench-run.ts';
import { suiteMeaning, suiteWords } from './words.ts';

export interface BenchChoice {
  readonly names: readonly string[];
  readonly seconds: number;
  /** The law t = fixed + slope · m, too. */
  readonly law: boolean;
}

/** Seconds of timed rounds for each workload that is chosen alone. */
const secondsAWorkload = 8;
const suiteNames = ['quick', 'standard'] as const satisfies readonly SuiteName[];

export const firstChoice: BenchChoice = { names: suites.quick, seconds: usualSeconds.quick, law: false };

@customElement('benchmark-choice')
export class BenchmarkChoice extends LitElement {
  static override styles = [
    base,
    css`
      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 6px 14px;
        min-height: 27px;
      }
      .budget {
        display: flex;
        align-items: center;
        gap: 4px 14px;
        flex-wrap: wrap;
      }
      number-field {
        --field-width: 70px;
        width: 190px;
      }
      fieldset {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(200px, 1fr));
        gap: 2px 14px;
        margin: 12px 0;
        padding: 10px 0 0;
        border: 0;
        border-top: 1px solid var(--line);
        min-width: 0;
      }
      label {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: 27px;
        cursor: pointer;
      }
      input {
        width: 16px;
        height: 16px;
        margin: 0;
        accent-color: var(--ink);
      }
    `,
  ];

  @property({ attribute: false }) choice: BenchChoice = firstChoice;

  override render(): TemplateResult {
    const { names, seconds, law } = this.choice;
    const suite = suiteOf(names);
    const chosen = chosenWorkloads(names);
    const choices = [...suiteNames, ...(suite === 'own' ? (['own'] as const) : [])].map((value) => ({ value, label: suiteWords(value) }));
    return html`<div class="row">
        <segment-field
          label=${msg('Suite')}
          data-testid="bench-suite"
          value=${suite}
          .choices=${choices}
          @value-change=${(event: ValueEvent<string>) => this.#suite(event.value)}
        ></segment-field>
        <span class="quiet" data-testid="bench-meaning"
          >${suiteMeaning(suite, { count: chosen.length, law }, expectedSeconds(chosen, 1000 * seconds, law))}</span
        >
      </div>
      <fieldset>
        <legend class="hidden-text">${msg('Workloads')}</legend>
        ${workloads.map(({ name }) => this.#box(name, names.includes(name), () => this.#toggle(name)))}
        ${this.#box(msg('law: fixed + slope · m'), law, () => this.#own(names, !law))}
      </fieldset>
      <div class="budget">
        <number-field
          label=${msg('Budget, seconds')}
          data-testid="bench-budget"
          .value=${seconds}
          .low=${1}
          .high=${86_400}
          @value-change=${(event: ValueEvent<number>) => this.#emit({ names, law, seconds: event.value })}
        ></number-field>
        <span class="quiet">${msg('for the timed rounds; making data, checking and warming up come on top')}</span>
      </div>`;
  }

  #box(label: string, checked: boolean, toggle: () => void): TemplateResult {
    return html`<label>
      <input type="checkbox" .checked=${checked} @change=${toggle} />
      ${label}
    </label>`;
  }

  #suite(name: string): void {
    const suite = suiteNames.find((one) => one === name);
    if (suite) this.#emit({ ...this.choice, names: suites[suite], seconds: usualSeconds[suite] });
  }

  #toggle(name: string): void {
    const { names, law } = this.choice;
    this.#own(names.includes(name) ? names.filter((one) => one !== name) : [...names, name], law);
  }

  #own(names: readonly string[], law: boolean): void {
    const suite = suiteOf(names);
    const shares = names.length + (law ? lawShares : 0);
    this.#emit({ names, law, seconds: suite === 'own' ? Math.max(1, secondsAWorkload * shares) : usualSeconds[suite] });
  }

  #emit(choice: BenchChoice): void {
    this.dispatchEvent(new ValueEvent(choice));
  }
}

/** In the order in which they run. */
export function chosenWorkloads(names: readonly string[]): typeof workloads {
  return workloads.filter(({ name }) => names.includes(name));
}

function suiteOf(names: readonly string[]): SuiteName | 'own' {
  return suiteNames.find((suite) => suites[suite].length === names.length && suites[suite].every((name) => names.includes(name))) ?? 'own';
}

declare global {
  interface HTMLElementTagNameMap {
    'benchmark-choice': BenchmarkChoice;
  }
}
