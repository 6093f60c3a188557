/** `<file-list>`: what can be opened: the ladder of matmul, every other kernel, shared files, exercises, own copies. Emits `kernels-wish`. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '@lit/localize';
import type { KernelFile, LessonName } from '../../session/kernels/protocol.ts';
import { nothingAdopted, type AdoptionState } from '../../ui/adoption/adoption-state.ts';
import { base, button, card } from '../../ui/styles.ts';
import type { OwnCopy } from './kernels-state.ts';
import { KernelsWishEvent } from './kernels-wish.ts';
import { ladder, lessonText } from './words.ts';

@customElement('file-list')
export class FileList extends LitElement {
  static override styles = [
    base,
    card,
    button,
    css`
      h3 {
        margin: 12px 0 4px;
        font-size: 12.5px;
        font-weight: 600;
        color: var(--soft);
      }
      h3:first-of-type {
        margin-top: 0;
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .file {
        display: block;
        width: 100%;
        padding: 3px 8px;
        border: 0;
        border-radius: 6px;
        background: none;
        text-align: left;
        overflow-wrap: anywhere;
      }
      .file:hover {
        background: var(--line);
      }
      .file[aria-current] {
        background: var(--gpu-soft);
        font-weight: 600;
      }
      .adopted,
      .back {
        font-size: 12px;
        font-weight: 600;
        color: var(--gpu);
      }
      .back {
        color: var(--bad);
      }
      .adds {
        margin: 0 8px 6px;
      }
      summary {
        padding: 3px 0;
        font-size: 12.5px;
        font-weight: 600;
        color: var(--soft);
        cursor: pointer;
      }
    `,
  ];

  @property({ attribute: false }) files: readonly KernelFile[] = [];
  @property({ attribute: false }) copies: readonly OwnCopy[] = [];
  @property() file = '';
  @property() copy: string | null = null;
  @property({ attribute: false }) adoption: AdoptionState = nothingAdopted;

  override render(): TemplateResult {
    const rungs = ladder();
    const kernels = this.files.filter(
      ({ kind, file }) => (kind === 'kernel' || kind === 'drawn') && !rungs.some(([rung]) => rung === file),
    );
    const shared = this.files.filter(({ kind }) => kind === 'shared');
    return html`<nav class="card" aria-labelledby="title">
      <h2 id="title">${msg('Kernels')}</h2>
      ${
        this.copies.length === 0
          ? nothing
          : html`<h3>${msg('Your copies')}</h3>
              <ul>
                ${this.copies.map(({ name, file }) => this.#item(file, `${name}.wgsl`, name))}
              </ul>`
      }
      <h3>${msg('The ladder of matmul')}</h3>
      <ul>
        ${rungs.map(([file, adds]) => this.#item(file, file, null, adds))}
      </ul>
      <h3>${msg('Exercises')}</h3>
      <ul>
        ${this.files.filter(({ kind }) => kind === 'lesson').map(({ file }) => this.#item(file, lessonText(lessonOf(file)).title))}
      </ul>
      <h3>${msg('What trains')}</h3>
      <ul>
        ${kernels.map(({ file }) => this.#item(file, file))}
      </ul>
      <details ?open=${this.file.startsWith('lib/')}>
        <summary>${msg('Shared files')}</summary>
        <ul>
          ${shared.map(({ file }) => this.#item(file, file))}
        </ul>
      </details>
    </nav>`;
  }

  #item(file: string, label: string, copy: string | null = null, adds: string | null = null): TemplateResult {
    const isOpen = file === this.file && copy === this.copy;
    return html`<li>
      <button class="file" data-testid="file" aria-current=${isOpen ? 'true' : nothing} @click=${() => this.#open(file, copy)}>
        ${label}${copy === null ? this.#standing(file) : nothing}
      </button>
      ${adds === null ? nothing : html`<p class="quiet adds">${adds}</p>`}
    </li>`;
  }

  /** Whether the race has another text in its place. */
  #standing(file: string): TemplateResult | typeof nothing {
    const { kernels, rolledBack } = this.adoption;
    if (file in kernels) return html` <span class="adopted">${msg('edited, adopted')}</span>`;
    return file in rolledBack ? html` <span class="back">${msg('rolled back')}</span>` : nothing;
  }

  #open(file: string, copy: string | null): void {
    this.dispatchEvent(new KernelsWishEvent({ kind: 'open', file, ...(copy === null ? {} : { copy }) }));
  }
}

export function lessonOf(file: string): LessonName {
  return file.replace(/^lesson[/]|[.]wgsl$/g, '') as LessonName;
}

declare global {
  interface HTMLElementTagNameMap {
    'file-list': FileList;
  }
}
