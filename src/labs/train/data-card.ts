/** `<data-card>`: which data, how many examples, how they are split and scaled, and whose they are. Emits `settings-change`. */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import '../../ui/controls/choice-field.ts';
import '../../ui/controls/number-field.ts';
import '../../ui/controls/value-slider.ts';
import type { DataReport } from '../../session/protocol.ts';
import { builtInNames, defaultSettings, ranges, type BuiltInName, type Settings } from '../../session/settings.ts';
import { roundTo } from '../../ui/controls/slider-scale.ts';
import { SettingsChangeEvent, type ValueEvent } from '../../ui/events.ts';
import { bytes, integer } from '../../ui/format.ts';
import { mostExamples } from '../../ui/model-rules.ts';
import { base, card, row } from '../../ui/styles.ts';
import { datasetName, fashionClasses, normalizationChoices, toyChoices } from '../../ui/words.ts';
import { dataCardStyles } from './data-card-styles.ts';
import { datasetQuestion } from './names.ts';
import { thumbnails } from './thumbnails.ts';

@customElement('data-card')
export class DataCard extends LitElement {
  static override styles = [base, card, row, dataCardStyles];

  @property({ attribute: false }) settings: Settings = defaultSettings.cats;
  @property({ attribute: false }) data: DataReport | null = null;

  override render(): TemplateResult {
    return html`<section class="card" aria-labelledby="title">
      <h2 id="title">${msg('Data')}</h2>
      <div class="sets" role="radiogroup" aria-labelledby="title">${builtInNames.map((name) => this.#set(name))}</div>
      <own-button .line=${this.settings.own}></own-button>${this.#question()} ${this.#special()} ${this.#examples()} ${this.#facts()}
      ${this.#split()}
    </section>`;
  }

  #set(name: BuiltInName): TemplateResult {
    const chosen = name === this.settings.set;
    return html`<label class="set">
      <input
        type="radio"
        name="set"
        value=${name}
        data-testid="set-${name}"
        .checked=${chosen}
        @change=${() => this.#change({ set: name })}
      />
      <img src=${thumbnails[name]} width="124" height="68" alt="" loading="eager" />${datasetName(name)}
    </label>`;
  }

  #examples(): TemplateResult {
    const { settings } = this;
    const most = this.data?.mAvailable ?? mostExamples[settings.set];
    const high = Math.min(most, ranges.m[1]);
    const round = (value: number): number => (value >= high ? high : Math.max(1, Math.round(roundTo(value, 2))));
    const take = ({ value, dragging }: ValueEvent<number>): void => this.#change({ m: value }, dragging);
    return html`<number-field
        data-testid="m"
        label=${msg('Examples m')}
        .value=${settings.m}
        .low=${ranges.m[0]}
        .high=${high}
        whole
        .show=${integer}
        @value-change=${take}
      ></number-field>
      <value-slider
        data-testid="m-slider"
        label=${msg('Examples m')}
        .value=${settings.m}
        .min=${1}
        .max=${high}
        scale="log"
        .round=${round}
        .say=${(m: number) => msg(str`${integer(m)} examples`)}
        @value-change=${take}
      ></value-slider>
      <law-line .settings=${settings}></law-line>`;
  }

  #facts(): TemplateResult {
    const { data } = this;
    const shape = data ? `(${data.n}, ${data.m}) · ${data.storage} · ${bytes(data.sizeBytes)}` : '…';
    return html`<div class="row">
      <span title=${msg('Features by examples: one column is one example')}>X</span><span data-testid="x-shape">${shape}</span>
    </div>`;
  }

  #special(): TemplateResult | typeof nothing {
    const { settings } = this;
    switch (settings.set) {
      case 'toys':
        return html`${this.#choice(msg('Toy'), settings.toy, toyChoices(), (toy) => ({ toy }) as Partial<Settings>)}
        ${this.#number(msg('Noise'), settings.noise, ranges.noise, false, (noise) => ({ noise }))}`;
      case 'fashion':
        return this.#classes();
      case 'synthetic': {
        const storages = [
          { value: 'uint8', label: msg('uint8, a byte each') },
          { value: 'float32', label: msg('float32, four bytes each') },
        ];
        return html`${this.#number(msg('Features n'), settings.n, ranges.n, true, (n) => ({ n }))}
        ${this.#choice(msg('Storage'), settings.storage, storages, (storage) => ({ storage }) as Partial<Settings>)}`;
      }
      case 'cats':
      case 'houses':
      case 'adverts':
      case 'own':
        return nothing;
    }
  }

  #classes(): TemplateResult {
    const { classes } = this.settings;
    const names = fashionClasses().map((label, index) => ({ value: String(index), label }));
    const kinds = [
      { value: 'all', label: msg('all ten') },
      { value: 'two', label: msg('two of them') },
    ];
    const kind = this.#choice(msg('Classes'), classes ? 'two' : 'all', kinds, (value) => ({
      classes: value === 'two' ? [2, 6] : null,
      output: defaultOutput(value),
    }));
    if (!classes) return kind;
    const [first, second] = classes;
    const pick =
      (which: 0 | 1) =>
      (value: string): Partial<Settings> => ({ classes: which === 0 ? [Number(value), second] : [first, Number(value)] });
    const but = (index: number) => names.filter(({ value }) => value !== String(index));
    return html`${kind} ${this.#choice('y = 0', String(first), but(second), pick(0))}
    ${this.#choice('y = 1', String(second), but(first), pick(1))}`;
  }

  #split(): TemplateResult {
    const { settings, data } = this;
    const count = data ? integer(data.mTest) : '…';
    const shares = [...new Set([0.05, 0.1, 0.2, 0.3, 0.4, 0.5, settings.testShare])].sort((a, b) => a - b);
    const shareChoices = shares.map((share) => ({ value: String(share), label: `${Number((share * 100).toPrecision(4))} %` }));
    return html`<details>
      <summary><span>${msg('Split')}</span><span>${msg(str`${count} test · seed ${settings.seed}`)}</span></summary>
      ${
        data?.ownTest
          ? html`<div class="row"><span>${msg('Test set')}</span><span>${msg(str`${count}, a set of its own`)}</span></div>`
          : this.#choice(msg('Test share'), String(settings.testShare), shareChoices, (share) => ({ testShare: Number(share) }))
      }
      ${this.#number(msg('Seed'), settings.seed, ranges.seed, true, (seed) => ({ seed }))}
      ${this.#choice(msg('Scaling'), settings.normalization, normalizationChoices(), (normalization) => ({ normalization }) as Partial<Settings>)}
    </details>`;
  }

  /** What the set asks; opened, whose the data are. */
  #question(): TemplateResult {
    const question = datasetQuestion(this.settings.set);
    const attributions = this.data?.attributions ?? [];
    if (attributions.length === 0) return html`<p class="quiet question">${question}</p>`;
    return html`<details class="question">
      <summary class="quiet" title=${msg('Sources and licences')} data-testid="sources">${question}</summary>
      <ul>
        ${attributions.map(({ source, authors, licence }) => html`<li>${source} · ${authors} · ${licence}</li>`)}
      </ul>
    </details>`;
  }

  #choice(
    label: string,
    value: string,
    choices: readonly { value: string; label: string }[],
    patch: (value: string) => Partial<Settings>,
  ): TemplateResult {
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
    patch: (value: number) => Partial<Settings>,
  ): TemplateResult {
    return html`<number-field
      label=${label}
      .value=${value}
      .low=${low}
      .high=${high}
      ?whole=${whole}
      @value-change=${(e: ValueEvent<number>) => this.#change(patch(e.value))}
    ></number-field>`;
  }

  #change(patch: Partial<Settings>, dragging = false): void {
    this.dispatchEvent(new SettingsChangeEvent(patch, dragging));
  }
}

function defaultOutput(kind: string): Settings['output'] {
  return kind === 'two' ? 'sigmoid' : 'softmax';
}
