/** `<keys-dialog>`: the list of keys, and the way to the licences, in a Web Awesome dialog that is fetched when it is first opened. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '@lit/localize';
import { DialogDoor } from './controls/dialog-door.ts';
import { base } from './styles.ts';
import type { Lab } from './lab.ts';

@customElement('keys-dialog')
export class KeysDialog extends LitElement {
  static override styles = [
    base,
    css`
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 10px 16px;
        margin: 0 0 4px;
        align-items: baseline;
      }
      dt {
        text-align: right;
      }
      dd {
        margin: 0;
      }
      kbd {
        display: inline-block;
        min-width: 28px;
        padding: 2px 8px;
        border: 1px solid var(--line);
        border-bottom-width: 2px;
        border-radius: 6px;
        background: var(--paper);
        font: inherit;
        font-size: 12.5px;
        text-align: center;
      }
      p {
        margin: 16px 0 0;
        font-size: 12.5px;
      }
      a {
        color: var(--soft);
      }
      wa-dialog {
        --width: 380px;
      }
      wa-dialog::part(title) {
        font-size: 16px;
        font-weight: 650;
      }
    `,
  ];

  @property({ attribute: false }) labs: readonly Lab[] = [];
  protected readonly door = new DialogDoor(this);

  open(): Promise<void> {
    return this.door.open();
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.door.isOpen) return nothing;
    return html`<wa-dialog label=${msg('Keys')} open light-dismiss @wa-hide=${this.door.hiding} @wa-after-hide=${this.door.hidden}>
      <dl data-testid="keys">
        ${this.#key(msg('Space'), msg('run or pause'))} ${this.#key('.', msg('one step'))} ${this.#key('r', msg('back to the start'))}
        ${this.labs.map((lab) => this.#key(lab.key, lab.title()))} ${this.#key('?', msg('this list'))}
      </dl>
      <p><a href="./licences.txt" target="_blank" data-testid="licences">${msg('Licences of what this page is made of')}</a></p>
    </wa-dialog>`;
  }

  #key(key: string, meaning: string): TemplateResult {
    return html`<dt><kbd>${key}</kbd></dt>
      <dd>${meaning}</dd>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'keys-dialog': KeysDialog;
  }
}
