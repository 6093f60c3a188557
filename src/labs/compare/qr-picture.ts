/** `<qr-picture>`: a text as a QR code, drawn as one path, black on white in every theme: cameras want it so. */
import { LitElement, css, html, nothing, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '@lit/localize';
import { encode } from 'uqr';
import { base } from '../../ui/styles.ts';
import { mostQrLength } from './qr-length.ts';

const border = 4;

@customElement('qr-picture')
export class QrPicture extends LitElement {
  static override styles = [
    base,
    css`
      svg {
        display: block;
        width: 100%;
        max-width: 320px;
        height: auto;
        border-radius: 6px;
      }
    `,
  ];

  @property() text = '';

  override render(): TemplateResult | typeof nothing {
    if (this.text === '' || this.text.length > mostQrLength) return nothing;
    const { data, size } = encode(this.text, { ecc: 'L', border });
    const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
    return html`<svg viewBox="0 0 ${size} ${size}" role="img" aria-label=${msg('QR code of the summary')} shape-rendering="crispEdges">
      ${svg`<rect width="100%" height="100%" fill="#fff" /><path d=${path} fill="#000" />`}
    </svg>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'qr-picture': QrPicture;
  }
}
