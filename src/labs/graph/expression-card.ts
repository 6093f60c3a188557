/** `<expression-card>`: the presets and the expression as one types it, with a caret under what is wrong. Emits `graph-wish`. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import '../../ui/controls/segment-field.ts';
import type { Complaint } from '../../session/graph/study.ts';
import type { ValueEvent } from '../../ui/events.ts';
import { base, button, card } from '../../ui/styles.ts';
import { complaintSentence } from './complaint-words.ts';
import { presetOf } from './graph-query.ts';
import { defaultGraph, type GraphSettings } from './graph-state.ts';
import { GraphWishEvent, type GraphWish } from './graph-wish.ts';
import { presetNames, valueOfNobody, type PresetName } from './presets.ts';

@customElement('expression-card')
export class ExpressionCard extends LitElement {
  static override styles = [
    base,
    card,
    button,
    css`
      .presets {
        display: grid;
        gap: 6px;
      }
      .btn.small {
        padding: 5px 10px;
        text-align: left;
        white-space: normal;
      }
      .btn[aria-pressed='true'] {
        border-color: var(--ink);
        box-shadow: inset 0 0 0 1px var(--ink);
      }
      label {
        display: block;
        color: var(--soft);
        margin: 12px 0 4px;
      }
      textarea {
        display: block;
        width: 100%;
        min-height: 62px;
        padding: 7px 9px;
        border: 1px solid var(--line);
        border-radius: 7px;
        background: var(--paper);
        color: var(--ink);
        font:
          13.5px/1.5 ui-monospace,
          'SFMono-Regular',
          Menlo,
          Consolas,
          monospace;
        resize: vertical;
        field-sizing: content;
      }
      textarea[aria-invalid='true'] {
        border-color: var(--bad);
      }
      .wrong {
        margin-top: 6px;
        color: var(--bad);
        font-size: 12.5px;
        line-height: 1.4;
        overflow-wrap: anywhere;
      }
      pre {
        margin: 0 0 4px;
        overflow: hidden;
        font:
          13px/1.25 ui-monospace,
          'SFMono-Regular',
          Menlo,
          Consolas,
          monospace;
        color: var(--ink);
      }
      pre b {
        color: var(--bad);
      }
      .hint {
        margin-top: 6px;
      }
      .detail {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        align-items: center;
        gap: 4px 10px;
        margin-top: 10px;
        color: var(--soft);
      }
    `,
  ];

  @property({ attribute: false }) settings: GraphSettings = defaultGraph;
  @property({ attribute: false }) complaint: Complaint | null = null;
  @property({ attribute: false }) draft: string | null = null;
  @property({ attribute: false }) valued: readonly string[] = [];

  override render(): TemplateResult {
    const { view } = this.settings;
    return html`<section class="card" aria-labelledby="title">
      <h2 id="title">${msg('Expression')}</h2>
      <div class="presets" role="group" aria-label=${msg('Presets')}>${presetNames.map((name) => this.#preset(name))}</div>
      ${view === 'graph' ? this.#field() : nothing}
    </section>`;
  }

  #preset(name: PresetName): TemplateResult {
    const chosen = this.draft === null && presetOf(this.settings) === name;
    return html`<button
      class="btn small"
      data-testid="preset-${name}"
      aria-pressed=${chosen}
      @click=${() => this.#wish({ kind: 'preset', preset: name })}
    >
      ${presetWords(name)}
    </button>`;
  }

  #field(): TemplateResult {
    const { settings, complaint, draft, valued } = this;
    const several = settings.text.includes(';') || settings.text.includes('\n');
    return html`<label for="text">${msg('Type your own')}</label>
      <textarea
        id="text"
        data-testid="expression"
        rows="2"
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        aria-invalid=${complaint ? 'true' : 'false'}
        aria-describedby=${complaint ? 'wrong' : 'hint'}
        .value=${draft ?? settings.text}
        @input=${(event: Event) => this.#wish({ kind: 'type', text: (event.currentTarget as HTMLTextAreaElement).value })}
      ></textarea>
      ${complaint ? this.#wrong(complaint, draft ?? settings.text) : nothing}
      <p id="hint" class="quiet hint">
        ${msg('+ − * / ^ exp log σ (sigma) tanh max min. “b c” is a product; “;” ends a line: z = w x; a = σ(z)')}
      </p>
      ${
        valued.length === 0
          ? nothing
          : html`<p class="quiet hint" role="status" data-testid="valued">
              ${msg(str`${valued.join(', ')} had no value and got ${valueOfNobody}.`)}
            </p>`
      }
      ${several ? this.#detail() : nothing}`;
  }

  /** The piece of the text around the place, and a caret under it. */
  #wrong(complaint: Complaint, text: string): TemplateResult {
    const from = Math.max(0, complaint.place - 22);
    const piece = text.slice(from, from + 32).replaceAll('\n', ' ');
    return html`<div id="wrong" class="wrong" role="alert" data-testid="complaint">
      <pre aria-hidden="true">${piece}${'\n'}<b>${' '.repeat(complaint.place - from)}^</b></pre>
      <span>${complaintSentence(complaint)}</span> <span class="hidden-text">${msg(str`At character ${complaint.place + 1}.`)}</span>
    </div>`;
  }

  #detail(): TemplateResult {
    const choices = [
      { value: 'lines', label: msg('line') },
      { value: 'operations', label: msg('operation') },
    ];
    return html`<div class="detail">
      <span>${msg('One node for each')}</span>
      <segment-field
        data-testid="detail"
        label=${msg('One node for each')}
        .value=${this.settings.detail}
        .choices=${choices}
        @value-change=${({ value }: ValueEvent<string>) =>
          this.#wish({ kind: 'change', patch: { detail: value === 'lines' ? 'lines' : 'operations' } })}
      ></segment-field>
    </div>`;
  }

  #wish(wish: GraphWish): void {
    this.dispatchEvent(new GraphWishEvent(wish));
  }
}

function presetWords(name: PresetName): string {
  switch (name) {
    case 'course':
      return 'J = 3(a + bc)';
    case 'logistic':
      return msg('Logistic regression, one example');
    case 'examples':
      return msg('Logistic regression, m examples');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'expression-card': ExpressionCard;
  }
}
