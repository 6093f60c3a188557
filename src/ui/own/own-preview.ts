/** `<own-preview>`: what a file holds before anything of it is used: columns, first rows, classes, a sheet of pictures. Emits `leave-out`. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import '../charts/picture-canvas.ts';
import type { ClassCount, ColumnPreview, Look, OwnChoice, OwnPreview } from '../../session/own/protocol.ts';
import { integer, significant } from '../format.ts';
import { base } from '../styles.ts';

/** Wider tables show so many columns of their first rows, and name as many. */
const mostColumns = 60;
const mostClasses = 20;

export class LeaveOutEvent extends Event {
  static readonly type = 'leave-out';

  constructor(readonly leaveOut: readonly string[]) {
    super(LeaveOutEvent.type);
  }
}

@customElement('own-preview')
export class OwnPreviewElement extends LitElement {
  static override styles = [
    base,
    css`
      h3 {
        margin: 16px 0 6px;
        font-size: 12px;
        font-weight: 600;
        letter-spacing: 0.04em;
        text-transform: uppercase;
        color: var(--soft);
      }
      .scroll {
        overflow: auto;
        max-height: 260px;
        border: 1px solid var(--line);
        border-radius: 8px;
      }
      table {
        border-collapse: collapse;
        font-size: 12.5px;
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
        min-width: 100%;
      }
      th,
      td {
        padding: 3px 10px;
        text-align: left;
        border-bottom: 1px solid var(--line);
      }
      th {
        color: var(--soft);
        font-weight: 500;
      }
      .why {
        color: var(--bad);
        white-space: normal;
        min-width: 220px;
      }
      .bars {
        display: grid;
        grid-template-columns: minmax(40px, max-content) 1fr max-content;
        gap: 3px 10px;
        align-items: center;
        font-size: 12.5px;
      }
      .bar {
        height: 8px;
        border-radius: 4px;
        background: var(--soft);
        transform-origin: left;
      }
      .sheet {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(52px, 1fr));
        gap: 6px;
      }
      .sheet span {
        display: block;
        font-size: 10.5px;
        text-align: center;
        color: var(--soft);
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      picture-canvas {
        aspect-ratio: 1;
        border-radius: 5px;
        overflow: hidden;
      }
    `,
  ];

  @property({ attribute: false }) preview: OwnPreview | null = null;
  @property({ attribute: false }) choice: OwnChoice | null = null;
  @property({ attribute: false }) look: Look | null = null;

  override render(): TemplateResult | typeof nothing {
    const { preview, choice, look } = this;
    if (!preview || !choice) return nothing;
    return html`${this.#shape(preview)} ${look?.balance ? this.#balance(look.balance) : nothing}
    ${look && look.sheet.length > 0 ? this.#sheet(look) : nothing}
    ${preview.kind === 'table' ? html`${this.#columns(preview.columns, choice)} ${this.#rows(preview)}` : nothing}`;
  }

  #shape(preview: OwnPreview): TemplateResult {
    switch (preview.kind) {
      case 'table':
        return html`<p data-testid="own-shape">
          ${msg(str`${integer(preview.rowCount)} rows, ${integer(preview.columns.length)} columns`)}
        </p>`;
      case 'arrays':
        return html`<div class="scroll" tabindex="0" role="region" aria-label=${msg('Arrays')} data-testid="own-shape">
          <table>
            <tr>
              ${[msg('array'), msg('shape'), msg('type')].map((name) => html`<th scope="col">${name}</th>`)}
            </tr>
            ${preview.arrays.map(
              ({ name, shape, type }) =>
                html`<tr>
                  <td>${name}</td>
                  <td>(${shape.join(', ')})</td>
                  <td>${type}</td>
                </tr>`,
            )}
          </table>
        </div>`;
      case 'pictures': {
        const { count, testCount, classNames } = preview;
        const test = testCount === null ? '' : ` ${msg(str`${integer(testCount)} more are the test part.`)}`;
        return html`<p data-testid="own-shape">${msg(str`${integer(count)} pictures in ${classNames.length} folders.`)}${test}</p>`;
      }
    }
  }

  #balance(balance: readonly ClassCount[]): TemplateResult {
    const most = Math.max(...balance.map(({ count }) => count));
    const more = balance.length - mostClasses;
    return html`<h3>${msg('Classes')}</h3>
      <div class="bars" data-testid="own-balance">
        ${balance.slice(0, mostClasses).map(
          ({ name, count }) =>
            html`<span>${name}</span>
              <div><div class="bar" style="transform:scaleX(${count / most})"></div></div>
              <span>${integer(count)}</span>`,
        )}
      </div>
      ${more > 0 ? html`<p class="quiet">${msg(str`And ${more} more classes.`)}</p>` : nothing}`;
  }

  #sheet({ sheet }: Look): TemplateResult {
    return html`<h3>${msg('First pictures')}</h3>
      <div class="sheet" data-testid="own-sheet">
        ${sheet.map((picture) => {
          const label = picture.label || msg('a picture');
          return html`<div>
            <picture-canvas .picture=${picture} label=${label}></picture-canvas><span aria-hidden="true">${picture.label}</span>
          </div>`;
        })}
      </div>`;
  }

  #columns(columns: readonly ColumnPreview[], choice: OwnChoice): TemplateResult {
    const heads = [msg('feature'), msg('type'), msg('missing'), msg('values'), msg('remark')];
    const more = columns.length - mostColumns;
    return html`<h3>${msg('Columns')}</h3>
      <div class="scroll" tabindex="0" role="region" aria-label=${msg('Columns')}>
        <table data-testid="own-columns">
          <tr>
            ${heads.map((name) => html`<th scope="col">${name}</th>`)}
          </tr>
          ${columns.slice(0, mostColumns).map((column) => this.#column(column, choice))}
        </table>
      </div>
      ${more > 0 ? html`<p class="quiet">${msg(str`And ${integer(more)} more columns.`)}</p>` : nothing}`;
  }

  #column(column: ColumnPreview, choice: OwnChoice): TemplateResult {
    const { name, kind, missing, categories, low, high, unfit } = column;
    const isLabel = name === choice.label;
    const used = !choice.leaveOut.includes(name);
    const values = kind === 'text' ? msg(str`${integer(categories ?? 0)} different`) : `${significant(low)} … ${significant(high)}`;
    return html`<tr>
      <td>
        <label
          ><input type="checkbox" .checked=${used || isLabel} ?disabled=${isLabel} @change=${() => this.#toggle(name, used)} />
          ${name}${isLabel ? ` (${msg('label')})` : ''}</label
        >
      </td>
      <td>${kind === 'text' ? msg('words') : msg('number')}</td>
      <td>${missing === 0 ? '' : integer(missing)}</td>
      <td>${values}</td>
      <td class="why">${isLabel ? '' : (unfit ?? '')}</td>
    </tr>`;
  }

  #toggle(name: string, used: boolean): void {
    const leaveOut = this.choice?.leaveOut ?? [];
    this.dispatchEvent(new LeaveOutEvent(used ? [...leaveOut, name] : leaveOut.filter((one) => one !== name)));
  }

  #rows({ columns, rows }: Extract<OwnPreview, { kind: 'table' }>): TemplateResult {
    return html`<h3>${msg('First rows')}</h3>
      <div class="scroll" tabindex="0" role="region" aria-label=${msg('First rows')}>
        <table data-testid="own-rows">
          <tr>
            ${columns.slice(0, mostColumns).map(({ name }) => html`<th scope="col">${name}</th>`)}
          </tr>
          ${rows.map(
            (cells) =>
              html`<tr>
                ${cells.slice(0, mostColumns).map((cell) => html`<td>${cell}</td>`)}
              </tr>`,
          )}
        </table>
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'own-preview': OwnPreviewElement;
  }
}
