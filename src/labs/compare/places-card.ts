/** `<places-card>`: which of the chosen are not compared and why, what summaries lack, and in what the places differ. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import { environmentDifferences } from '../../session/results/differences.ts';
import { base, card } from '../../ui/styles.ts';
import type { Comparison } from './column.ts';
import { environmentName, reasonWords, valuesWords } from './words.ts';

@customElement('places-card')
export class PlacesCard extends LitElement {
  static override styles = [
    base,
    card,
    css`
      section + section {
        margin-top: 12px;
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        margin-top: 6px;
        overflow-wrap: anywhere;
      }
      dt {
        margin-top: 9px;
        color: var(--soft);
        font-size: 12.5px;
      }
      dl {
        margin: 0;
      }
      dd {
        margin: 2px 0 0;
        overflow-wrap: anywhere;
        font-size: 13px;
      }
      .apart {
        border-color: var(--bad);
      }
    `,
  ];

  @property({ attribute: false }) comparison: Comparison | null = null;

  override render(): TemplateResult | typeof nothing {
    const { comparison } = this;
    if (!comparison) return nothing;
    return html`${this.#apart(comparison)} ${this.#lacking(comparison)} ${this.#places(comparison)}`;
  }

  #apart({ found, columns }: Comparison): TemplateResult | typeof nothing {
    if (found.apart.length === 0) return nothing;
    return html`<section class="card apart" aria-labelledby="apart" data-testid="apart">
      <h2 id="apart">${msg('Not comparable')}</h2>
      <ul>
        ${found.apart.map(({ at, reason }) => {
          const { letter = '', name = '' } = columns[at] ?? {};
          return html`<li><b>${letter}</b> ${msg(str`${name}: not comparable with A, because ${reasonWords(reason)}.`)}</li>`;
        })}
      </ul>
    </section>`;
  }

  #lacking({ together }: Comparison): TemplateResult | typeof nothing {
    const summaries = together.filter(({ whole }) => !whole);
    if (summaries.length === 0 || together.length < 2) return nothing;
    const letters = summaries.map(({ letter }) => letter).join(', ');
    return html`<section class="card" aria-labelledby="lacking" data-testid="lacking">
      <h2 id="lacking">${msg('Summaries')}</h2>
      <p class="quiet">
        ${msg(str`${letters}: without samples. Medians and intervals are shown as they were sent, to four digits, and are no points of a CSV file.`)}
      </p>
    </section>`;
  }

  #places({ together }: Comparison): TemplateResult | typeof nothing {
    if (together.length < 2) return nothing;
    const found = environmentDifferences(together.map(({ figures }) => figures.environment));
    return html`<section class="card" aria-labelledby="places" data-testid="places">
      <h2 id="places">${msg('Where they were taken')}</h2>
      ${
        found.length === 0
          ? html`<p class="quiet">${msg('The places do not differ in anything that the results tell.')}</p>`
          : html`<dl>
              ${found.map(
                (one) =>
                  html`<dt>${environmentName(one.key)}</dt>
                    ${valuesWords(one).map(({ text, at }) => html`<dd><b>${at.map((index) => together[index]?.letter ?? '').join(' ')}</b> ${text}</dd>`)}`,
              )}
            </dl>`
      }
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'places-card': PlacesCard;
  }
}
