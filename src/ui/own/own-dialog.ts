/**
 * `<own-dialog>`: opens a user's files: asks for them, shows how far reading has come, what they hold and what is to be
 * made of it. Fetched when it is first wanted. What happens is `opening.ts`'s.
 */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import type { KeptSet } from '../../session/own/kept.ts';
import type { Look, OwnChoice, OwnData, OwnFile, OwnPreview } from '../../session/own/protocol.ts';
import { DialogDoor } from '../controls/dialog-door.ts';
import { bytes } from '../format.ts';
import { base, button } from '../styles.ts';
import { filesOfDrop, filesOfInput } from './dropped.ts';
import { keptName } from './kept-name.ts';
import { Opening } from './opening.ts';
import { ownDialogStyles } from './own-dialog-styles.ts';
import './own-preview.ts';
import type { LeaveOutEvent } from './own-preview.ts';
import { previewNotes } from './preview-notes.ts';

/** Pixels a side that pictures of a folder can be brought to. */
const sides = [16, 28, 32, 48, 64, 96, 128, 224];

@customElement('own-dialog')
export class OwnDialog extends LitElement {
  static override styles = [base, button, ownDialogStyles];

  /** What a link speaks of and is not open, or null. */
  line: string | null = null;
  onUse: ((data: OwnData) => void) | null = null;
  protected readonly door = new DialogDoor(this);
  @query('#files') protected readonly fileInput?: HTMLInputElement | null;
  @query('#folder') protected readonly folderInput?: HTMLInputElement | null;
  @query('#test-file') protected readonly testInput?: HTMLInputElement | null;

  readonly opening = new Opening(
    () => this.requestUpdate(),
    (data) => {
      // where the file was not kept, that is to be seen first
      this.door.set(this.opening.state.notKept !== null);
      this.onUse?.(data);
    },
  );

  get isOpen(): boolean {
    return this.door.isOpen;
  }

  /** @param files to read at once; none: they are asked for */
  async open(files: readonly OwnFile[] = []): Promise<void> {
    await this.door.open();
    void this.opening.refreshKept();
    if (files.length > 0) await this.opening.open(files, this.line);
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.door.isOpen) return nothing;
    const { phase, error, preview } = this.opening.state;
    const isBusy = phase === 'reading' || phase === 'making';
    return html`<wa-dialog
      label=${preview ? preview.name : msg('Your own data')}
      open
      @wa-hide=${this.door.hiding}
      @wa-after-hide=${this.#hidden}
      @dragover=${(event: DragEvent) => event.preventDefault()}
      @drop=${this.#drop}
      @keydown=${keepKey}
    >
      <div data-testid="own-dialog">
        ${error === null ? nothing : html`<p class="error" role="alert" data-testid="own-error">${error}</p>`} ${this.#notKept()}
        ${isBusy ? this.#reading() : nothing} ${phase === 'asking' ? this.#asking() : nothing}
        ${preview && phase !== 'reading' ? this.#preview(preview) : nothing}
      </div>
      <div slot="footer" class="footer">${this.#footer()}</div>
    </wa-dialog>`;
  }

  #notKept(): TemplateResult | typeof nothing {
    const { notKept } = this.opening.state;
    if (!notKept) return nothing;
    const { name, isFull } = notKept;
    return html`<p class="error" role="alert" data-testid="own-not-kept">
      ${
        isFull
          ? msg(str`${name} is open, but was not kept: the browser’s disk space is full. Delete kept files, or keep a smaller one.`)
          : msg(str`${name} is open, but was not kept: this browser keeps no files here.`)
      }
    </p>`;
  }

  #asking(): TemplateResult {
    const { kept } = this.opening.state;
    return html`<div class="zone">
        <p>
          ${
            this.line === null
              ? msg('Drop files here: CSV, HDF5, NPY, NPZ, IDX, or pictures in named folders, zipped or not.')
              : msg(str`The link speaks of ${fileOf(this.line)}. Drop it here, or choose it: it goes on from there.`)
          }
        </p>
        <div class="buttons">
          <button class="btn primary" autofocus @click=${() => this.fileInput?.click()}>${msg('Choose files')}</button>
          <button class="btn" @click=${() => this.folderInput?.click()}>${msg('Choose a folder')}</button>
        </div>
        <p class="quiet">${msg('Files stay on this machine: nothing is sent anywhere.')}</p>
      </div>
      <input type="file" id="files" data-testid="own-files" multiple hidden @change=${this.#chosen} aria-label=${msg('Files')} />
      <input type="file" id="folder" data-testid="own-folder" webkitdirectory hidden @change=${this.#chosen} aria-label=${msg('Folder')} />
      ${kept.length > 0 ? this.#kept(kept) : nothing}`;
  }

  #kept(kept: readonly KeptSet[]): TemplateResult {
    return html`<h3>${msg('Kept in this browser')}</h3>
      <ul class="kept" data-testid="own-kept">
        ${kept.map(
          (one) =>
            html`<li>
              <span>${keptName(one, kept)}</span><span class="quiet">${bytes(one.sizeBytes)}</span>
              <button
                class="btn small"
                @click=${() => void this.opening.openKept(one, this.line)}
                aria-label=${msg(str`Open ${keptName(one, kept)}`)}
              >
                ${msg('Open')}
              </button>
              <button class="btn small" @click=${() => void this.opening.delete(one)} aria-label=${msg(str`Delete ${keptName(one, kept)}`)}>
                ${msg('Delete')}
              </button>
            </li>`,
        )}
      </ul>`;
  }

  #reading(): TemplateResult {
    const { progress } = this.opening.state;
    const share = progress?.totalBytes ? progress.loadedBytes / progress.totalBytes : null;
    const label = progress ? msg(str`Reading ${progress.file}`) : msg('Reading');
    return html`<p class="note" role="status">${label} …</p>
      <progress aria-label=${label} .value=${share ?? 0} max="1"></progress>`;
  }

  #preview(preview: OwnPreview): TemplateResult {
    const { choice, look, testName } = this.opening.state;
    if (!choice) return html``;
    return html`${[...preview.notes, ...previewNotes(preview, choice, look)].map((note) => html`<p class="note quiet" data-testid="own-note">${note}</p>`)}
      <div class="choices">
        ${this.#label(preview, choice)} ${this.#special(preview, choice)}
        <label
          >${msg('Test part')}
          <button class="btn small" data-testid="own-test" @click=${this.#test}>${testName ?? this.#testPart(preview, look)}</button></label
        >
        <input
          type="file"
          id="test-file"
          data-testid="own-test-files"
          multiple
          hidden
          @change=${this.#testChosen}
          aria-label=${msg('Test file')}
        />
      </div>
      <own-preview
        .preview=${preview}
        .choice=${choice}
        .look=${look}
        @leave-out=${(event: LeaveOutEvent) => void this.opening.change({ leaveOut: event.leaveOut })}
      ></own-preview>`;
  }

  #testPart(preview: OwnPreview, look: Look | null): string {
    if (preview.kind === 'pictures' && preview.testCount !== null) return msg('the folder’s own');
    return look?.testArray ? msg(str`“${look.testArray}”, or choose a file`) : msg('a share, or choose a file');
  }

  #label(preview: OwnPreview, choice: OwnChoice): TemplateResult | typeof nothing {
    if (preview.kind === 'pictures') return nothing;
    const names = preview.kind === 'table' ? preview.columns.map(({ name }) => name) : preview.arrays.map(({ name }) => name);
    const label = this.#select(msg('Label y'), 'own-label', choice.label, names, (value) => void this.opening.chooseLabel(value));
    if (preview.kind === 'table') return label;
    const features = this.#select(
      msg('Features x'),
      'own-features',
      choice.features,
      names,
      (value) => void this.opening.change({ features: value }),
    );
    return html`${features} ${label}`;
  }

  #special(preview: OwnPreview, choice: OwnChoice): TemplateResult {
    if (preview.kind === 'pictures') {
      const shown = [...new Set([...sides, choice.side])].sort((a, b) => a - b).map(String);
      return this.#select(
        msg('Pixels a side'),
        'own-side',
        String(choice.side),
        shown,
        (side) => void this.opening.change({ side: Number(side) }),
      );
    }
    const target = this.#select(msg('To predict'), 'own-target', choice.target, ['classes', 'number'], (value) => {
      void this.opening.change({ target: value === 'number' ? 'number' : 'classes' });
    });
    if (preview.kind === 'arrays') return target;
    return html`${target}
    ${this.#select(msg('Missing values'), 'own-missing', choice.missing, ['median', 'omit'], (value) => void this.opening.change({ missing: value === 'omit' ? 'omit' : 'median' }))}`;
  }

  #select(name: string, id: string, value: string, values: readonly string[], change: (value: string) => void): TemplateResult {
    const shown = values.includes(value) ? values : ['', ...values];
    return html`<label
      >${name}
      <select data-testid=${id} @change=${(event: Event) => change((event.target as HTMLSelectElement).value)}>
        ${shown.map((one) => html`<option value=${one} ?selected=${one === value}>${optionText(one)}</option>`)}
      </select></label
    >`;
  }

  #footer(): TemplateResult {
    const { phase, keep } = this.opening.state;
    if (phase === 'asking') return html``;
    const cancel = html`<button class="btn" data-testid="own-cancel" @click=${() => this.opening.cancel()}>
      ${phase === 'preview' ? msg('Another file') : msg('Cancel')}
    </button>`;
    if (phase !== 'preview') return cancel;
    const keeping = html`<label
      ><input
        type="checkbox"
        data-testid="own-keep"
        .checked=${keep}
        @change=${(event: Event) => this.opening.setKeep((event.target as HTMLInputElement).checked)}
      />
      ${msg('Keep it in this browser')}</label
    >`;
    return html`${this.opening.canKeep ? keeping : nothing} ${cancel}
      <button class="btn primary" data-testid="own-use" @click=${() => void this.opening.use()}>${msg('Use it')}</button>`;
  }

  #test(): void {
    this.testInput?.click();
  }

  #testChosen(): void {
    if (this.testInput) void this.opening.openTest(filesOfInput(this.testInput));
  }

  #chosen(event: Event): void {
    const input = event.target as HTMLInputElement;
    void this.opening.open(filesOfInput(input), this.line);
  }

  async #drop(event: DragEvent): Promise<void> {
    event.preventDefault();
    event.stopPropagation();
    if (event.dataTransfer) await this.opening.open(await filesOfDrop(event.dataTransfer), this.line);
  }

  #hidden(event: Event): void {
    if (this.door.hidden(event)) this.opening.cancel();
  }
}

/** Keys that are typed here are not for the lab behind; Escape is the dialog's. */
function keepKey(event: KeyboardEvent): void {
  if (event.key !== 'Escape') event.stopPropagation();
}

function optionText(value: string): string {
  const texts: Readonly<Record<string, string>> = {
    classes: msg('classes'),
    number: msg('a number'),
    median: msg('fill with the median'),
    omit: msg('leave the row out'),
    '': msg('choose one'),
  };
  return texts[value] ?? value;
}

function fileOf(line: string): string {
  return line.split('*')[1] ?? '';
}

declare global {
  interface HTMLElementTagNameMap {
    'own-dialog': OwnDialog;
  }
}
