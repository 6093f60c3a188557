/** `<nudge-card>`: one input moved by a little, and by how much J moves for it. Emits `graph-wish`. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import '../../ui/controls/choice-field.ts';
import { nameText, nudged, type Study } from '../../session/graph/study.ts';
import type { ValueEvent } from '../../ui/events.ts';
import { plain } from '../../ui/format.ts';
import { base, card } from '../../ui/styles.ts';
import { defaultGraph, nudgeSizes, type GraphSettings } from './graph-state.ts';
import { GraphWishEvent } from './graph-wish.ts';
import { resolved, shown } from './numbers.ts';
import { nameOf } from './picture-model.ts';

@customElement('nudge-card')
export class NudgeCard extends LitElement {
  static override styles = [
    base,
    card,
    css`
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 2px 12px;
        margin: 8px 0;
        padding: 8px 0;
        border: solid var(--line);
        border-width: 1px 0;
      }
      dt {
        color: var(--soft);
      }
      dd {
        margin: 0;
        text-align: right;
        overflow-wrap: anywhere;
      }
      .ratio {
        font-weight: 640;
      }
    `,
  ];

  @property({ attribute: false }) study: Study | null = null;
  @property({ attribute: false }) settings: GraphSettings = defaultGraph;

  override render(): TemplateResult | typeof nothing {
    const { study, settings } = this;
    if (!study || study.graph.inputs.length === 0) return nothing;
    const { inputs } = study.graph;
    const index = Math.max(0, inputs.indexOf(settings.nudge));
    const names = inputs.map((name) => ({ value: name, label: nameText(name) }));
    const sizes = nudgeSizes.map((size) => ({ value: String(size), label: plain(size) }));
    return html`<section class="card" aria-labelledby="title">
      <h2 id="title">${msg('Nudge')}</h2>
      <choice-field
        data-testid="nudge"
        label=${msg('Move')}
        .value=${inputs[index] ?? ''}
        .choices=${names}
        @value-change=${({ value }: ValueEvent<string>) => this.#change({ nudge: value })}
      ></choice-field>
      <choice-field
        data-testid="nudge-size"
        label=${msg('by')}
        .value=${String(settings.size)}
        .choices=${sizes}
        @value-change=${({ value }: ValueEvent<string>) => this.#change({ size: Number(value) })}
      ></choice-field>
      ${this.#result(study, index)}
    </section>`;
  }

  #result(study: Study, index: number): TemplateResult {
    const { size } = this.settings;
    const inputs = study.graph.inputs.map((_, input) => study.values[input]?.value ?? Number.NaN);
    const { from, to, before, after, ratio } = nudged(study.graph, inputs, index, size);
    const [input, result] = [nameOf(study, index), nameOf(study, study.graph.nodes.length - 1)];
    const derivative = study.back?.gradients[index] ?? Number.NaN;
    if (!Number.isFinite(ratio)) {
      return html`<p class="quiet" data-testid="nudged">
        ${msg(str`${result} has no value here or after the nudge, so there is no ratio.`)}
      </p>`;
    }
    return html`<dl data-testid="nudged">
        <dt>${input}</dt>
        <dd>${resolved(from, size)} → ${resolved(to, size)}</dd>
        <dt>${result}</dt>
        <dd>${resolved(before, after - before)} → ${resolved(after, after - before)}</dd>
        <dt>Δ${result} / Δ${input}</dt>
        <dd class="ratio">${shown(ratio)}</dd>
        <dt>d${input}</dt>
        <dd>${shown(derivative)}</dd>
      </dl>
      <p class="quiet">${this.#meaning(ratio, derivative, input, result)}</p>`;
  }

  #meaning(ratio: number, derivative: number, input: string, result: string): string {
    const close = Math.abs(ratio - derivative) <= 1e-3 * Math.max(1e-9, Math.abs(derivative));
    if (!Number.isFinite(derivative)) return msg(str`At this point ${result} has no derivative with respect to ${input}.`);
    return close
      ? msg(str`${result} moves ${shown(derivative)} times as far as ${input}: that is what the derivative says.`)
      : msg(str`A derivative is the ratio for ever smaller nudges: here ${result} bends, so a smaller one comes closer.`);
  }

  #change(patch: Partial<Pick<GraphSettings, 'nudge' | 'size'>>): void {
    this.dispatchEvent(new GraphWishEvent({ kind: 'change', patch }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nudge-card': NudgeCard;
  }
}
