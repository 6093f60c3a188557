/** `<detail-card>`: one result: what it is, its name and note to edit, pin and delete, files and links of it. Emits `compare-wish`. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '@lit/localize';
import './share-part.ts';
import { csvText } from '../../session/results/csv.ts';
import { resultFileName, resultText } from '../../session/results/write.ts';
import { download } from '../../ui/download.ts';
import { base, button, card, row } from '../../ui/styles.ts';
import type { Item, Loaded } from './compare-session.ts';
import { CompareWishEvent, type CompareWish } from './compare-wish.ts';
import { environmentText, machineName, subject, summarySubject } from './words.ts';

@customElement('detail-card')
export class DetailCard extends LitElement {
  static override styles = [
    base,
    card,
    button,
    row,
    css`
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        margin: 10px 0;
      }
      label {
        display: block;
        margin-top: 8px;
        color: var(--soft);
        font-size: 12.5px;
      }
      input,
      textarea {
        display: block;
        width: 100%;
        margin-top: 3px;
        font: inherit;
        color: var(--ink);
        background: var(--paper);
        border: 1px solid var(--line);
        border-radius: 7px;
        padding: 6px 9px;
      }
      textarea {
        min-height: 58px;
        resize: vertical;
      }
      .row > :last-child {
        overflow-wrap: anywhere;
      }
      .lacks {
        margin-top: 8px;
        padding: 6px 10px;
        border-radius: 7px;
        background: var(--bad-soft);
        font-size: 12.5px;
      }
    `,
  ];

  @property({ attribute: false }) item: Item | null = null;
  @property({ attribute: false }) loaded: Loaded | null = null;

  override render(): TemplateResult | typeof nothing {
    const { item, loaded } = this;
    if (!item) return nothing;
    const title = item.brief ? subject(item.brief) : loaded ? summarySubject(loaded.figures) : msg('Summary');
    return html`<section class="card" aria-labelledby="title" data-testid="detail">
      <h2 id="title">${title}</h2>
      ${loaded ? this.#facts(loaded) : html`<p class="quiet">${msg('Reading…')}</p>`} ${this.#lacks(loaded)} ${this.#fields(item)}
      <div class="buttons">${this.#buttons(item, loaded)}</div>
      <share-part .loaded=${loaded}></share-part>
    </section>`;
  }

  #facts({ figures }: Loaded): TemplateResult {
    const { environment, machine, deciding } = figures;
    const { adapter, logicalCores, editedKernels: edited = [] } = environment;
    const gpu = adapter
      ? `${[adapter.vendor, adapter.architecture].filter((part) => part !== '').join(' · ') || adapter.description || msg('unnamed')}${adapter.software ? ` (${msg('software')})` : ''}`
      : msg('none');
    const facts: readonly (readonly [string, string])[] = [
      [msg('machine'), machineName(machine)],
      ['GPU', gpu],
      [msg('cores'), environmentText('logicalCores', logicalCores)],
      ...edited.map(({ file, hash }): [string, string] => [msg('edited kernel'), `${file} (${hash})`]),
      [msg('seed'), String(deciding.seed)],
      [msg('taken'), new Date(environment.takenAt).toLocaleString()],
    ];
    return html`${facts.map(([name, value]) => html`<div class="row"><span>${name}</span><span>${value}</span></div>`)}`;
  }

  #lacks(loaded: Loaded | null): TemplateResult | typeof nothing {
    if (!loaded || loaded.result) return nothing;
    return html`<p class="lacks" data-testid="lacks">
      <b>${msg('This is a summary.')}</b>
      ${msg('It lacks all samples, cold times, kernels and where a step’s time goes, and it has four digits. Its intervals cannot be computed anew; ask for the file or the link to have them.')}
    </p>`;
  }

  #fields({ id, kept }: Item): TemplateResult | typeof nothing {
    if (!kept) return nothing;
    const edit = (key: 'name' | 'note') => (event: Event) =>
      this.#wish({ kind: 'edit', id, edit: { [key]: (event.currentTarget as HTMLInputElement | HTMLTextAreaElement).value.trim() } });
    return html`<label>
        ${msg('Name')}
        <input
          type="text"
          maxlength="80"
          data-testid="rename"
          .value=${kept.name}
          placeholder=${machineName(kept.brief.machine)}
          @change=${edit('name')}
        />
      </label>
      <label>
        ${msg('Note')}
        <textarea maxlength="4000" data-testid="note" .value=${kept.note} @change=${edit('note')}></textarea>
      </label>`;
  }

  #buttons({ id, kept }: Item, loaded: Loaded | null): TemplateResult {
    const result = loaded?.result ?? null;
    const save = (ending: 'json' | 'csv') => () => {
      if (!result) return;
      const name = resultFileName(result, kept?.name || result.machine).replace(/json$/, ending);
      const text = ending === 'csv' ? csvText(result) : resultText(result, result.machine);
      download(new Blob([text], { type: ending === 'csv' ? 'text/csv' : 'application/json' }), name);
    };
    const pin = kept?.pinned ?? false;
    return html`${
        kept
          ? html`<button
              class="btn small"
              data-testid="pin"
              aria-pressed=${pin}
              @click=${() => this.#wish({ kind: 'edit', id, edit: { pinned: !pin } })}
            >
              ${pin ? msg('Unpin') : msg('Pin')}
            </button>`
          : result
            ? html`<button class="btn small" data-testid="keep" @click=${() => this.#wish({ kind: 'keep', id })}>
                ${msg('Keep here')}
              </button>`
            : nothing
      }
      <button class="btn small" data-testid="save-file" ?disabled=${!result} @click=${save('json')}>${msg('Save file')}</button>
      <button
        class="btn small"
        data-testid="save-csv"
        ?disabled=${!result}
        title=${msg('Every sample, for a spreadsheet')}
        @click=${save('csv')}
      >
        CSV
      </button>
      <button class="btn small" data-testid="delete" @click=${() => this.#wish({ kind: 'delete', id })}>
        ${kept ? msg('Delete') : msg('Close')}
      </button>`;
  }

  #wish(wish: CompareWish): void {
    this.dispatchEvent(new CompareWishEvent(wish));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'detail-card': DetailCard;
  }
}
