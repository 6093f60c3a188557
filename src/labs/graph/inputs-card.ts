/** `<inputs-card>`: a number for each input of the graph, or w₁, w₂, b and m of the loop. Emits `graph-wish`. */
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '@lit/localize';
import '../../ui/controls/number-field.ts';
import { mostExamples, nameText, type Study } from '../../session/graph/study.ts';
import type { ValueEvent } from '../../ui/events.ts';
import { editable } from '../../ui/format.ts';
import { base, card } from '../../ui/styles.ts';
import { defaultGraph, mostValue, type GraphSettings } from './graph-state.ts';
import { GraphWishEvent, type GraphWish } from './graph-wish.ts';
import { moved, stride } from './numbers.ts';

@customElement('inputs-card')
export class InputsCard extends LitElement {
  static override styles = [
    base,
    card,
    css`
      .hint {
        margin-top: 4px;
      }
    `,
  ];

  @property({ attribute: false }) settings: GraphSettings = defaultGraph;
  @property({ attribute: false }) study: Study | null = null;

  override render(): TemplateResult {
    const { view } = this.settings;
    return html`<section class="card" aria-labelledby="title">
      <h2 id="title">${view === 'examples' ? msg('Parameters') : msg('Inputs')}</h2>
      ${view === 'examples' ? this.#weights() : this.#inputs()}
    </section>`;
  }

  #inputs(): TemplateResult {
    const { study, settings } = this;
    if (!study) return html`<p class="quiet">…</p>`;
    if (study.graph.inputs.length === 0) return html`<p class="quiet">${msg('The expression has no variables.')}</p>`;
    return html`${study.graph.inputs.map((name) =>
        this.#number(
          nameText(name),
          settings.values[name] ?? 0,
          (value) => ({ kind: 'value', name, value, dragging: false }),
          `input-${name}`,
        ),
      )}
      <p class="quiet hint">${msg('Or drag an input in the graph; with the keyboard, arrow keys there or here.')}</p>`;
  }

  #weights(): TemplateResult {
    const { weights, m } = this.settings;
    const change = (patch: Extract<GraphWish, { kind: 'change' }>['patch']): GraphWish => ({ kind: 'change', patch });
    return html`${this.#number('w₁', weights.w1, (w1) => change({ weights: { ...weights, w1 } }), 'input-w1')}
      ${this.#number('w₂', weights.w2, (w2) => change({ weights: { ...weights, w2 } }), 'input-w2')}
      ${this.#number('b', weights.b, (b) => change({ weights: { ...weights, b } }), 'input-b')}
      <number-field
        data-testid="loop-m"
        label=${msg('Examples m')}
        .value=${m}
        .low=${1}
        .high=${mostExamples}
        whole
        @value-change=${({ value }: ValueEvent<number>) => this.#wish(change({ m: value }))}
      ></number-field>`;
  }

  #number(label: string, value: number, wish: (value: number) => GraphWish, id: string): TemplateResult {
    return html`<number-field
      data-testid=${id}
      label=${label}
      .value=${value}
      .low=${-mostValue}
      .high=${mostValue}
      .show=${editable}
      @value-change=${(event: ValueEvent<number>) => this.#wish(wish(event.value))}
      @keydown=${(event: KeyboardEvent) => this.#arrow(event, value, wish)}
    ></number-field>`;
  }

  /** Up and down in a field move its value; what is half typed there is taken first. */
  #arrow(event: KeyboardEvent, value: number, wish: (value: number) => GraphWish): void {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.#wish(wish(Math.min(mostValue, Math.max(-mostValue, moved(value, by * stride(value))))));
  }

  #wish(wish: GraphWish): void {
    this.dispatchEvent(new GraphWishEvent(wish));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'inputs-card': InputsCard;
  }
}
