/** `<results-card>`: what this browser keeps and what was opened beside it; a tick compares, a click shows. Emits `compare-wish`. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { msg, str } from '@lit/localize';
import { base, button, card } from '../../ui/styles.ts';
import type { Item } from './compare-session.ts';
import { CompareWishEvent, type CompareWish } from './compare-wish.ts';
import { headlineWords, letterOf, machineName, subject } from './words.ts';

/** Rows that are drawn at once; more would hold up a frame. */
const mostRows = 200;

@customElement('results-card')
export class ResultsCard extends LitElement {
  static override styles = [
    base,
    card,
    button,
    css`
      ul {
        margin: 0 -6px;
        padding: 0 6px;
        list-style: none;
        max-height: var(--list-height, 52vh);
        overflow-y: auto;
        scrollbar-width: thin;
      }
      li {
        display: grid;
        grid-template-columns: 24px minmax(0, 1fr);
        gap: 8px;
        align-items: start;
        padding: 7px 4px;
        border-top: 1px solid var(--line);
      }
      li:first-child {
        border-top: 0;
      }
      li.shown {
        background: var(--paper);
      }
      .pick {
        display: grid;
        justify-items: center;
        gap: 2px;
        padding-top: 2px;
        font-size: 11.5px;
        font-weight: 650;
      }
      input {
        width: 16px;
        height: 16px;
        margin: 0;
        accent-color: var(--ink);
      }
      .show {
        border: 0;
        padding: 0;
        background: none;
        text-align: left;
        min-width: 0;
        line-height: 1.35;
      }
      .show span {
        display: block;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .name {
        font-weight: 600;
      }
      .top {
        display: flex;
        justify-content: space-between;
        align-items: baseline;
        gap: 8px;
      }
    `,
  ];

  @property({ attribute: false }) items: readonly Item[] | null = null;
  @property({ attribute: false }) picked: readonly string[] = [];
  @property() focused: string | null = null;

  override render(): TemplateResult {
    return html`<section class="card" aria-labelledby="title">
      <div class="top">
        <h2 id="title">${msg('Results')}</h2>
        ${
          this.picked.length > 0
            ? html`<button class="btn small" data-testid="pick-none" @click=${() => this.#wish({ kind: 'pick-only', ids: [] })}>
                ${msg('Clear choice')}
              </button>`
            : nothing
        }
      </div>
      ${this.#list()}
    </section>`;
  }

  #list(): TemplateResult {
    const { items } = this;
    if (items === null) return html`<p class="quiet">${msg('Looking for what this browser keeps…')}</p>`;
    if (items.length === 0) {
      return html`<p class="quiet" data-testid="no-results">
        ${msg('Nothing is kept yet. A race, a sweep or a benchmark that comes to its end is kept here by itself; or drop result files on this page.')}
      </p>`;
    }
    const more = items.length - mostRows;
    return html`<ul data-testid="results" aria-label=${msg('Kept and opened results')}>
        ${repeat(
          items.slice(0, mostRows),
          ({ id }) => id,
          (item) => this.#item(item),
        )}
      </ul>
      ${more > 0 ? html`<p class="quiet">${msg(str`And ${more} older ones, which Export all holds too.`)}</p>` : nothing}`;
  }

  #item({ id, kept, brief }: Item): TemplateResult {
    const at = this.picked.indexOf(id);
    const name = kept?.name || machineName(brief?.machine ?? '');
    const shown = id === this.focused;
    return html`<li class=${shown ? 'shown' : ''} data-testid="result">
      <label class="pick">
        <input
          type="checkbox"
          data-testid="pick"
          aria-label=${msg(str`Compare ${name}, ${brief ? subject(brief) : msg('summary')}`)}
          .checked=${at >= 0}
          @change=${(event: Event) => this.#wish({ kind: 'pick', id, on: (event.currentTarget as HTMLInputElement).checked })}
        />
        ${at >= 0 ? letterOf(at) : nothing}
      </label>
      <button class="show" data-testid="look" aria-current=${shown ? 'true' : nothing} @click=${() => this.#wish({ kind: 'look', id })}>
        <span class="name" data-testid="result-name">${kept?.pinned ? html`<b aria-label=${msg('pinned')}>★</b> ` : nothing}${name}</span>
        <span>${brief ? subject(brief) : msg('Summary')}</span>
        <span class="quiet">${brief ? headlineWords(brief) : msg('a summary, without samples')}</span>
        <span class="quiet">${kept ? dayOf(brief?.takenAt) : msg('from a link, not kept here')}</span>
      </button>
    </li>`;
  }

  #wish(wish: CompareWish): void {
    this.dispatchEvent(new CompareWishEvent(wish));
  }
}

function dayOf(moment = ''): string {
  return new Date(moment).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
}

declare global {
  interface HTMLElementTagNameMap {
    'results-card': ResultsCard;
  }
}
