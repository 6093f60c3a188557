/** `<editor-card>`: the open text with its buttons, and what the compiler says of it. Emits `kernels-wish`. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import type { CodeEditor } from './code-editor.ts';
import './code-editor.ts';
import type { Complaint } from '../../session/kernels/protocol.ts';
import { duration } from '../../ui/format.ts';
import { base, button, card } from '../../ui/styles.ts';
import { contractIn, defaultKernels, emptyKernels, fileOf, isEdited, type KernelsSettings, type KernelsState } from './kernels-state.ts';
import { KernelsWishEvent, type KernelsWish } from './kernels-wish.ts';

@customElement('editor-card')
export class EditorCard extends LitElement {
  static override styles = [
    base,
    card,
    button,
    css`
      .card {
        display: flex;
        flex-direction: column;
        height: 100%;
        padding: 12px 0 0;
      }
      .head,
      .said {
        display: flex;
        align-items: center;
        gap: 6px 8px;
        flex-wrap: wrap;
        padding: 0 16px 10px;
      }
      h2 {
        flex: 1;
        margin: 0;
        font-size: 13px;
        letter-spacing: 0;
        text-transform: none;
        color: var(--ink);
        overflow-wrap: anywhere;
      }
      code-editor {
        flex: 1;
        min-height: 320px;
        border-top: 1px solid var(--line);
        border-bottom: 1px solid var(--line);
      }
      .said {
        padding: 8px 16px 10px;
        font-size: 12.5px;
      }
      .good {
        color: var(--good);
      }
      ul {
        margin: 0;
        padding: 0 16px 10px;
        max-height: 150px;
        overflow: auto;
        list-style: none;
        font-size: 12.5px;
      }
      .place {
        border: 0;
        padding: 1px 0;
        background: none;
        color: var(--bad);
        text-align: left;
        text-decoration: underline;
        text-underline-offset: 2px;
      }
      .warning .place {
        color: var(--cpu-ink);
      }
      .words {
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      @media (max-width: 759px) {
        h2 {
          flex: 1 0 100%;
        }
      }
      @media (max-height: 420px) {
        code-editor {
          flex: none;
          height: 85vh;
          min-height: 160px;
        }
      }
      .vim {
        display: flex;
        gap: 5px;
        align-items: center;
        font-size: 12.5px;
        color: var(--soft);
      }
    `,
  ];

  @property({ attribute: false }) settings: KernelsSettings = defaultKernels;
  @property({ attribute: false }) state: KernelsState = emptyKernels;
  @query('code-editor') protected readonly editor?: CodeEditor | null;
  @query('h2') protected readonly heading!: HTMLElement;

  #libraries: readonly string[] = [];

  goTo(line: number): void {
    this.editor?.goTo(line);
  }

  protected override willUpdate(): void {
    const names = contractIn(fileOf(this.state, this.settings), this.settings)?.libraries ?? [];
    const texts = names
      .filter((name) => name !== this.settings.file)
      .map((name) => fileOf(this.state, { ...this.settings, file: name })?.text ?? '');
    // the same list as long as it says the same
    if (texts.join('\n') !== this.#libraries.join('\n')) this.#libraries = texts;
  }

  override render(): TemplateResult {
    const { settings, state } = this;
    const edited = isEdited(state, settings);
    const name = state.copy === null ? settings.file : `${state.copy}.wgsl`;
    const own = (state.complaints ?? []).filter(({ file }) => file === settings.file);
    return html`<section class="card" aria-labelledby="title">
      <div class="head">
        <h2 id="title" tabindex="-1" data-testid="file-name">
          ${name}${edited ? html` <span class="quiet">${msg('edited')}</span>` : nothing}
        </h2>
        <label class="vim">
          <input type="checkbox" data-testid="vim" .checked=${state.vim} @change=${() => this.#wish({ kind: 'vim' })} />${msg('Vim keys')}
        </label>
        ${this.#button('copy', msg('Keep a copy'), false)} ${this.#button('export', msg('Save .wgsl'), false)}
        ${state.copy === null ? this.#button('revert', msg('Revert'), !edited) : this.#button('remove', msg('Delete copy'), false)}
      </div>
      <code-editor
        data-testid="editor"
        .text=${state.text}
        .name=${`${settings.file} ${state.copy ?? ''}`}
        .complaints=${own}
        .libraries=${this.#libraries}
        ?vim=${state.vim}
      ></code-editor>
      ${this.#said()}
    </section>`;
  }

  #said(): TemplateResult {
    const { complaints, processor, compileMs } = this.state;
    if (processor?.kind !== 'gpu')
      return html`<p class="said quiet">${processor ? msg('Nothing is compiled here: there is no GPU.') : '…'}</p>`;
    if (complaints === null) return html`<p class="said quiet" data-testid="compiled" data-state="asking">${msg('Compiling …')}</p>`;
    const errors = complaints.filter(({ kind }) => kind === 'error').length;
    return html`<p
        class="said"
        role="status"
        data-testid="compiled"
        data-state=${errors > 0 ? 'errors' : 'good'}
        data-ms=${Math.round(compileMs)}
      >
        ${errors === 0 ? html`<span class="good">✓ ${msg('Compiles')}</span>` : html`<span>${errors === 1 ? msg('1 error') : msg(str`${errors} errors`)}</span>`}
        <span class="quiet">${msg(str`${duration(compileMs)} after the last key`)}</span>
        ${errors > 0 && this.state.time ? html`<span class="quiet">${msg('The times are those of the last good version.')}</span>` : nothing}
      </p>
      ${
        complaints.length === 0
          ? nothing
          : html`<ul aria-label=${msg('What the compiler says')}>
              ${complaints.slice(0, 20).map((one) => this.#complaint(one))}
            </ul>`
      }`;
  }

  #complaint({ kind, file, line, words }: Complaint): TemplateResult {
    const elsewhere = file !== this.settings.file;
    return html`<li class=${kind}>
      ${
        elsewhere || line === 0
          ? html`<span>${file}${line === 0 ? '' : `:${line}`}</span>`
          : html`<button class="place" @click=${() => this.goTo(line)}>${msg(str`line ${line}`)}</button>`
      }
      <span class="words">${words}</span>
    </li>`;
  }

  #button(kind: 'copy' | 'export' | 'revert' | 'remove', label: string, disabled: boolean): TemplateResult {
    const press = (): void => {
      this.#wish({ kind });
      // these go, or cannot be pressed again: the focus stays in this card
      if (kind === 'revert' || kind === 'remove') this.heading.focus();
    };
    return html`<button class="btn small" data-testid=${kind} ?disabled=${disabled} @click=${press}>${label}</button>`;
  }

  #wish(wish: KernelsWish): void {
    this.dispatchEvent(new KernelsWishEvent(wish));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'editor-card': EditorCard;
  }
}
