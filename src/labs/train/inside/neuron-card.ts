/**
 * `<neuron-card>`: one unit of the first layer at work on the picture at hand: the products, their sum z, what the activation
 * makes of it, and the same with no sigmoid. z can be dragged. Emits `value-change` with another unit.
 */
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import '../../../ui/charts/save-menu.ts';
import { answerOf, sigmoid, weigh, xOf, type Term, type Weighed } from '../../../session/inside/neuron.ts';
import type { InsideNeuron, InsidePicture } from '../../../session/inside/protocol.ts';
import '../../../ui/controls/choice-field.ts';
import '../../../ui/controls/number-field.ts';
import '../../../ui/controls/value-slider.ts';
import { ValueEvent } from '../../../ui/events.ts';
import { integer, plain, significant } from '../../../ui/format.ts';
import { base, button, card, row } from '../../../ui/styles.ts';
import { laneName } from '../../../ui/words.ts';
import { activationName } from '../names.ts';
import { neuronCardStyles } from './neuron-card-styles.ts';
import { sigmoidCurve, twoLines, zRange } from './sigmoid-pictures.ts';
import { entryWords, limitWords, noProbabilityWords, shortEntry, sigmoidText, unitName, writtenOut } from './words.ts';

/** Products that are shown apart. */
const shownTerms = 4;

const tenth = (z: number): number => Math.round(z * 10) / 10;

@customElement('neuron-card')
export class NeuronCard extends LitElement {
  static override styles = [base, card, button, row, neuronCardStyles];

  @property({ attribute: false }) picture: InsidePicture | null = null;
  @property({ attribute: false }) neuron: InsideNeuron | null = null;
  @property({ attribute: false }) classNames: readonly string[] = [];
  /** No answer is to come: the race has none, or has failed. */
  @property() silence = '';
  /** z where it was dragged to; null: the picture's own. */
  @state() protected dragged: number | null = null;
  #weighed: Weighed | null = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { picture, neuron } = this;
    if (changed.has('picture') && changed.get('picture')?.index !== picture?.index) this.dragged = null;
    if (!changed.has('picture') && !changed.has('neuron')) return;
    const fits = picture && neuron?.index === picture.index && neuron.w.length === picture.raw.length;
    this.#weighed = fits ? weigh(xOf(picture.raw, picture.scale, picture.shift), neuron.w, neuron.b, shownTerms) : null;
  }

  override render(): TemplateResult {
    const { picture, neuron } = this;
    const weighed = this.#weighed;
    return html`<section class="card" aria-labelledby="title" data-testid="neuron">
      <save-menu name="downhill-neuron"></save-menu>
      <h2 id="title">${msg('The single neuron')}</h2>
      ${
        picture && neuron && weighed
          ? html`${this.#which(neuron)} ${this.#sum(picture, neuron, weighed)} ${this.#answer(neuron, weighed)} ${this.#compare(weighed.z)}`
          : html`<p class="quiet room" data-testid="no-neuron">${this.silence || msg('w and b are on their way …')}</p>`
      }
    </section>`;
  }

  #which(neuron: InsideNeuron): TemplateResult {
    const { units, unit, of, step, lane } = neuron;
    const emit = (value: number): boolean => this.dispatchEvent(new ValueEvent(value));
    return html`<p class="quiet" data-testid="neuron-step" data-step=${step}>
        ${msg(str`w and b of ${unitName(neuron, this.classNames)} after ${integer(step)} steps on the ${laneName(lane)}; they follow the race.`)}
      </p>
      ${
        of === 'class'
          ? html`<choice-field
              label=${msg('Class')}
              data-testid="unit"
              .choices=${Array.from({ length: units }, (_, one) => ({ value: String(one), label: this.classNames[one] ?? String(one) }))}
              value=${String(unit)}
              @value-change=${({ value }: ValueEvent<string>) => emit(Number(value))}
            ></choice-field>`
          : nothing
      }
      ${
        of === 'hidden-unit'
          ? html`<number-field
              label=${msg(str`Unit, of ${integer(units)}`)}
              data-testid="unit"
              whole
              .low=${1}
              .high=${units}
              .value=${unit + 1}
              @value-change=${({ value }: ValueEvent<number>) => emit(value - 1)}
            ></number-field>`
          : nothing
      }`;
  }

  /** x → wᵀx + b = z. */
  #sum(picture: InsidePicture, { b }: InsideNeuron, { sum, z, largest, rest }: Weighed): TemplateResult {
    const count = picture.raw.length;
    return html`<table>
      <caption class="quiet">
        ${msg(str`z = wᵀx + b: ${integer(count)} products, the ${largest.length} largest first`)}
      </caption>
      <thead>
        <tr>
          <th scope="col">${msg('entry: pixel (row, column)')}</th>
          <th scope="col">w</th>
          <th scope="col">x</th>
          <th scope="col">w · x</th>
        </tr>
      </thead>
      <tbody>
        ${largest.map((term) => this.#term(term, picture))}
        <tr>
          <th scope="row" colspan="3">${msg(str`the other ${integer(count - largest.length)} together`)}</th>
          <td>${significant(rest)}</td>
        </tr>
        <tr class="total">
          <th scope="row" colspan="3">wᵀx</th>
          <td>${significant(sum, 4)}</td>
        </tr>
        <tr>
          <th scope="row" colspan="3">+ b</th>
          <td>${significant(b)}</td>
        </tr>
        <tr class="total">
          <th scope="row" colspan="3">z</th>
          <td data-testid="z" data-value=${z}>${significant(z, 4)}</td>
        </tr>
      </tbody>
    </table>`;
  }

  #term({ k, w, x, product }: Term, { image }: InsidePicture): TemplateResult {
    return html`<tr>
      <th scope="row" title=${entryWords(k, image)}>${shortEntry(k, image)}</th>
      <td>${significant(w, 2)}</td>
      <td>${significant(x)}</td>
      <td>${significant(product)}</td>
    </tr>`;
  }

  /** z → g(z), and what the engine itself answers. */
  #answer(neuron: InsideNeuron, { z }: Weighed): TemplateResult {
    const { activation, of, yHat, unit } = neuron;
    const answer = answerOf(neuron, z);
    const said = html`<b data-testid="answer" data-value=${answer}>${significant(answer, 4)}</b>`;
    const own = yHat[of === 'class' ? unit : 0] ?? Number.NaN;
    const engine =
      of === 'hidden-unit'
        ? nothing
        : html`<p class="quiet" data-testid="engine-answer" data-value=${own}>
            ${msg(str`The engine itself, in float32, says ŷ = ${significant(own, 4)}.`)}
          </p>`;
    if (activation === 'sigmoid') {
      const grown = Math.exp(-z);
      const name = of === 'hidden-unit' ? 'a' : 'ŷ';
      return html`<p class="chain">σ(z) = 1 / (1 + e<sup>−z</sup>) = 1 / (1 + ${writtenOut(grown)}) = ${said} = ${name}</p>
        ${engine}`;
    }
    if (activation === 'softmax') {
      return html`<p class="chain">ŷ = e<sup>z</sup> / Σ e<sup>z</sup> = ${said}</p>
        <p class="quiet">
          ${msg('A softmax divides e^z of this class by the sum over all classes, so that the answers add up to 1: σ for more than two.')}
        </p>
        ${engine}`;
    }
    if (activation === 'linear') {
      return html`<p class="chain">ŷ = z = ${said}</p>
        <p class="quiet">${msg('This model has no σ at its output. Below, what σ would make of the same z.')}</p>
        ${engine}`;
    }
    return html`<p class="chain">a = ${activationName(activation)}(z) = ${said}</p>
      <p class="quiet">${msg('A hidden unit hands its a on to the next layer. Below, what σ would make of the same z.')}</p>`;
  }

  #compare(own: number): TemplateResult {
    const z = this.dragged ?? own;
    return html`<h3>${msg('The same with no sigmoid')}</h3>
      ${twoLines(z)}
      <p class="quiet words" data-testid="no-probability">${noProbabilityWords(z)}</p>
      <div class="row">
        <span>${this.dragged === null ? msg('z of this picture') : msg('z, dragged')}</span>
        <b data-testid="z-dragged">${plain(this.dragged ?? Number(own.toPrecision(4)))}</b>
      </div>
      <value-slider
        label="z"
        data-testid="z-slider"
        .min=${zRange[0]}
        .max=${zRange[1]}
        .value=${Math.min(zRange[1], Math.max(zRange[0], z))}
        .round=${tenth}
        .say=${(value: number) => msg(str`z = ${plain(value)}, σ(z) = ${significant(sigmoid(value))}`)}
        @value-change=${({ value }: ValueEvent<number>) => (this.dragged = value)}
      ></value-slider>
      ${sigmoidCurve(z)}
      <p class="written" data-testid="written">
        e<sup>−z</sup> = <b>${writtenOut(Math.exp(-z))}</b><br />
        σ(z) = 1 / (1 + e<sup>−z</sup>) = <b>${sigmoidText(z)}</b>
      </p>
      <p class="quiet words">${limitWords(z)}</p>
      <button class="btn small" ?disabled=${this.dragged === null} data-testid="own-z" @click=${() => (this.dragged = null)}>
        ${msg('Back to the z of this picture')}
      </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'neuron-card': NeuronCard;
  }
}
