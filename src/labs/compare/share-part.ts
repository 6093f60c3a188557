/** `<share-part>`: a result as a link that holds all of it, and as a QR code of its summary. Both lead to this page and to no server. */
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import { mostLinkLength, resultFragment, summaryFragment } from '../../session/results/link.ts';
import { base, button } from '../../ui/styles.ts';
import { integer } from '../../ui/format.ts';
import type { Loaded } from './compare-session.ts';
import { mostQrLength } from './qr-length.ts';

@customElement('share-part')
export class SharePart extends LitElement {
  static override styles = [
    base,
    button,
    css`
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
      p,
      qr-picture,
      input {
        margin-top: 8px;
      }
      input {
        width: 100%;
        font: inherit;
        font-size: 12px;
        color: inherit;
        background: var(--paper);
        border: 1px solid var(--line);
        border-radius: 6px;
        padding: 5px 8px;
      }
    `,
  ];

  @property({ attribute: false }) loaded: Loaded | null = null;
  @state() protected said = '';
  /** The link, where the clipboard is closed and it has to be copied by hand. */
  @state() protected byHand = '';
  @state() protected code = '';

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('loaded')) this.said = this.byHand = this.code = '';
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.loaded) return nothing;
    return html`<div class="buttons">
        ${
          this.loaded.result
            ? html`<button class="btn small" data-testid="copy-result-link" @click=${this.#copy}>${msg('Copy link')}</button>`
            : nothing
        }
        <button class="btn small" data-testid="show-qr" aria-expanded=${this.code !== ''} @click=${this.#toggleCode}>
          ${msg('QR code')}
        </button>
      </div>
      <p class="quiet" role="status" data-testid="share-said">${this.said}</p>
      ${
        this.byHand === ''
          ? nothing
          : html`<input
              readonly
              data-testid="link-by-hand"
              aria-label=${msg('The link with the result')}
              .value=${this.byHand}
              @focus=${selectAll}
            />`
      }
      ${this.code === '' ? nothing : html`<qr-picture data-testid="qr" data-link=${this.code} .text=${this.code}></qr-picture>`}`;
  }

  async #copy(): Promise<void> {
    const result = this.loaded?.result;
    if (!result) return;
    const link = address(await resultFragment(result));
    this.byHand = '';
    if (link.length > mostLinkLength) {
      this.said = msg(
        str`As a link this result would be ${integer(link.length)} letters long, and programs that pass links on cut such ones. Save the file and send that.`,
      );
      return;
    }
    try {
      await navigator.clipboard.writeText(link);
      this.said = msg(
        str`Copied: the whole result is in the link, ${integer(link.length)} letters. No server sees what comes after the #.`,
      );
    } catch {
      this.byHand = link;
      this.said = msg('The browser lets no page write to the clipboard here: copy the link by hand.');
    }
  }

  async #toggleCode(): Promise<void> {
    if (this.code !== '') {
      this.said = this.code = '';
      return;
    }
    if (!this.loaded) return;
    const link = address(await summaryFragment(this.loaded.figures));
    await import('./qr-picture.ts');
    const fits = link.length <= mostQrLength;
    this.code = fits ? link : '';
    this.said = fits
      ? msg('A summary: figures with their intervals, without the samples. The link has all of it.')
      : msg(str`The summary is ${integer(link.length)} letters long, more than a QR code holds: send the file.`);
  }
}

function address(fragment: string): string {
  return `${location.origin}${location.pathname}?lab=compare${fragment}`;
}

function selectAll(event: FocusEvent): void {
  (event.currentTarget as HTMLInputElement).select();
}

declare global {
  interface HTMLElementTagNameMap {
    'share-part': SharePart;
  }
}
