/** `<take-dialog>`: what can be taken along of the model at hand, each with a sentence on what it is for. Making it is the worker's. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import type { ExportKind } from '../../../session/export/kinds.ts';
import { DialogDoor } from '../../../ui/controls/dialog-door.ts';
import { download } from '../../../ui/download.ts';
import { bytes as sizeText } from '../../../ui/format.ts';
import { base, button } from '../../../ui/styles.ts';

/** @returns null where there is no model yet */
export type TakeModel = (kind: ExportKind) => Promise<Uint8Array<ArrayBuffer> | null>;

const suffixes: Readonly<Record<ExportKind, string>> = { npz: '.npz', onnx: '.onnx', all: '-model.zip' };

@customElement('take-dialog')
export class TakeDialog extends LitElement {
  static override styles = [
    base,
    button,
    css`
      wa-dialog {
        --width: 480px;
      }
      wa-dialog::part(title) {
        font-size: 16px;
        font-weight: 650;
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: 4px 16px;
        align-items: center;
        padding: 12px 0;
        border-top: 1px solid var(--line);
      }
      li:first-child {
        border-top: 0;
        padding-top: 0;
      }
      h3 {
        margin: 0 0 2px;
        font-size: 14px;
        font-weight: 600;
      }
      p {
        margin: 0;
      }
      .said {
        min-height: 1.5em;
        margin-top: 4px;
      }
      .wrong {
        color: var(--bad);
      }
    `,
  ];

  /** Of the files, without an ending. */
  @property() name = 'downhill';
  @property({ attribute: false }) take: TakeModel | null = null;
  protected readonly door = new DialogDoor(this);
  @state() protected busy: ExportKind | null = null;
  @state() protected said: { readonly wrong: boolean; readonly text: string } | null = null;

  async open(): Promise<void> {
    await this.door.open();
    this.said = null;
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.door.isOpen) return nothing;
    return html`<wa-dialog
      label=${msg('Take the model with you')}
      data-testid="take"
      open
      light-dismiss
      @wa-hide=${this.door.hiding}
      @wa-after-hide=${this.door.hidden}
    >
      <ul>
        ${this.#choice(
          'onnx',
          'ONNX',
          msg(
            'Computes ŷ in any runtime for ONNX. The normalisation is inside: pixels from 0 to 255 go in, or features as they were before scaling.',
          ),
        )}
        ${this.#choice(
          'npz',
          msg('Parameters'),
          msg('W and b of every layer as NumPy arrays (.npz), as they are now and as they began, with the costs between.'),
        )}
        ${this.#choice(
          'all',
          msg('Everything, with Python code'),
          msg(
            'Both, with the data, and the training loop once more: in NumPy, to read, and in PyTorch, on one machine or, with torchrun, on as many as you have. Both begin where this race began and follow the same curve.',
          ),
        )}
      </ul>
      <p class="said ${this.said?.wrong ? 'wrong' : 'quiet'}" role="status" data-testid="take-said">${this.said?.text ?? ''}</p>
    </wa-dialog>`;
  }

  #choice(kind: ExportKind, title: string, sentence: string): TemplateResult {
    return html`<li>
      <div>
        <h3 id=${kind}>${title}</h3>
        <p class="quiet">${sentence}</p>
      </div>
      <button
        class="btn"
        data-testid="take-${kind}"
        aria-describedby=${kind}
        ?disabled=${this.busy !== null}
        @click=${() => void this.#take(kind)}
      >
        ${this.busy === kind ? msg('Packing …') : msg('Save')}
      </button>
    </li>`;
  }

  async #take(kind: ExportKind): Promise<void> {
    this.busy = kind;
    try {
      const bytes = await this.take?.(kind);
      if (!bytes) {
        this.said = { wrong: true, text: msg('There is no model yet: let the race do its first step, then take it.') };
        return;
      }
      const file = `${this.name}${suffixes[kind]}`;
      download(new Blob([bytes]), file);
      this.said = { wrong: false, text: msg(str`${file} is saved, ${sizeText(bytes.length)}.`) };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.said = { wrong: true, text: msg(str`It could not be packed: ${why}. Take the parameters alone, or a smaller m.`) };
    } finally {
      this.busy = null;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'take-dialog': TakeDialog;
  }
}
