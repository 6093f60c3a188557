/** `<words-card>`: the step in words, and the derivatives that the course writes down for logistic regression. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '@lit/localize';
import type { Study } from '../../session/graph/study.ts';
import { base, card } from '../../ui/styles.ts';
import { logisticFormulas } from './step-words.ts';

@customElement('words-card')
export class WordsCard extends LitElement {
  static override styles = [
    base,
    card,
    css`
      .said {
        min-height: 84px;
      }
      .said p + p {
        margin-top: 6px;
      }
      dl {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: 3px 10px;
        margin: 12px 0 0;
        padding-top: 10px;
        border-top: 1px solid var(--line);
        font-size: 13px;
      }
      dt {
        color: var(--soft);
      }
      dd {
        margin: 0;
        font-weight: 600;
        text-align: right;
      }
    `,
  ];

  @property({ attribute: false }) sentences: readonly string[] = [];
  @property({ attribute: false }) study: Study | null = null;
  @property({ type: Number }) done = 0;
  /** The graph is that of logistic regression on one example. */
  @property({ type: Boolean }) logistic = false;

  override render(): TemplateResult {
    return html`<section class="card" aria-labelledby="title">
      <h2 id="title">${msg('In words')}</h2>
      <div class="said" data-testid="words">${this.sentences.map((sentence) => html`<p>${sentence}</p>`)}</div>
      ${this.#formulas()}
    </section>`;
  }

  #formulas(): TemplateResult | typeof nothing {
    const { study, done } = this;
    if (!study || !this.logistic) return nothing;
    const known = study.back !== null && done === study.steps.forward.length + study.steps.backward.length;
    return html`<dl data-testid="formulas" aria-label=${msg('Derivatives of logistic regression')}>
      ${logisticFormulas(study).map(
        ({ text, value }) =>
          html`<dt>${text}</dt>
            <dd>${known ? value : ''}</dd>`,
      )}
    </dl>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'words-card': WordsCard;
  }
}
