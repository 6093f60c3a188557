/**
 * `<examples-card>`: a few test examples with their ŷ, as pictures where the data are pictures; wrong ones in red. Emits
 * `value-change` with the index of the one that is to be taken apart.
 */
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import '../../ui/charts/picture-canvas.ts';
import type { DataReport, ExampleReport, Insight } from '../../session/protocol.ts';
import { ValueEvent } from '../../ui/events.ts';
import { integer, probability, significant } from '../../ui/format.ts';
import { base, card } from '../../ui/styles.ts';

@customElement('examples-card')
export class ExamplesCard extends LitElement {
  static override styles = [
    base,
    card,
    css`
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .pictures {
        display: grid;
        grid-template-columns: repeat(5, minmax(0, 1fr));
        gap: 6px;
      }
      button {
        width: 100%;
        padding: 0;
        border: 0;
        background: none;
        font: inherit;
        cursor: pointer;
      }
      picture-canvas {
        aspect-ratio: 1;
        border-radius: 6px;
        overflow: hidden;
        border: 2px solid transparent;
        background: var(--line);
      }
      .wrong picture-canvas {
        border-color: var(--bad);
      }
      .pictures span {
        display: block;
        font-size: 10.5px;
        line-height: 1.5;
        text-align: center;
        color: var(--soft);
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .wrong span,
      .wrong b {
        color: var(--bad);
      }
      .list li {
        display: flex;
        justify-content: space-between;
        font-size: 12.5px;
        line-height: 1.75;
        color: var(--soft);
      }
      .list b {
        font-weight: 600;
      }
      .list li:not(.wrong) b {
        color: var(--ink);
      }
      .room {
        height: 130px;
      }
    `,
  ];

  @property({ attribute: false }) data: DataReport | null = null;
  @property({ attribute: false }) insight: Insight | null = null;
  /** False: ŷ is a score or a quantity of any size. */
  @property({ type: Boolean }) probability = false;

  override render(): TemplateResult {
    return html`<section class="card" aria-labelledby="title" data-testid="examples">
      <h2 id="title">${msg('Test examples')}</h2>
      ${this.#examples()}
    </section>`;
  }

  #examples(): TemplateResult {
    const examples = this.insight?.examples ?? [];
    if (examples.length === 0)
      return html`<p class="room quiet">${msg('A few examples that the model never trained on appear here, with its answers.')}</p>`;
    if (examples.some((example) => example.picture !== null))
      return html`<ul class="pictures">
          ${examples.slice(0, 10).map((e) => this.#picture(e))}
        </ul>
        <p class="quiet">${msg('Choose one to see how it becomes x, and what a neuron makes of it.')}</p>`;
    return html`<ul class="list">
      ${examples.slice(0, 8).map((e) => this.#line(e))}
    </ul>`;
  }

  #picture(example: ExampleReport): TemplateResult {
    const says = this.#says(example);
    const many = this.data?.task === 'multiclass';
    const caption = many ? this.#className(example.predicted) : this.#yHat(example);
    return html`<li class=${example.right ? '' : 'wrong'} title=${says}>
      <button aria-haspopup="dialog" @click=${() => this.dispatchEvent(new ValueEvent(example.index))}>
        <picture-canvas .picture=${example.picture} label=${says}></picture-canvas><span aria-hidden="true">${caption}</span>
      </button>
    </li>`;
  }

  #line(example: ExampleReport): TemplateResult {
    const truth = this.data?.task === 'regression' ? significant(example.y) : this.#className(example.y);
    return html`<li class=${example.right ? '' : 'wrong'}>
      <span>${msg(str`example ${integer(example.index)}`)}</span><span>y = ${truth} · <b>ŷ = ${this.#yHat(example)}</b></span>
    </li>`;
  }

  #says(example: ExampleReport): string {
    const yHat = this.#yHat(example);
    if (this.data?.task === 'regression') return msg(str`y = ${significant(example.y)}, ŷ = ${yHat}`);
    const truth = this.#className(example.y);
    if (example.right) return msg(str`${truth}, answered right, ŷ = ${yHat}`);
    return msg(str`${truth}, answered ${this.#className(example.predicted)}, ŷ = ${yHat}`);
  }

  #yHat({ yHat }: ExampleReport): string {
    return this.probability ? probability(yHat) : significant(yHat);
  }

  #className(index: number): string {
    return this.data?.classNames[index] ?? String(index);
  }
}
