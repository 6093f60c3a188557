/** `<adopt-card>`: puts the open text into the engine's place for the race of the Train lab, and back. Emits `kernels-wish`. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import { whySentence } from '../../ui/adoption/adoption-words.ts';
import { base, button, card } from '../../ui/styles.ts';
import { defaultKernels, emptyKernels, notAdoptable, type KernelsSettings, type KernelsState } from './kernels-state.ts';
import { KernelsWishEvent } from './kernels-wish.ts';
import { notAdoptableText, triedText } from './words.ts';

@customElement('adopt-card')
export class AdoptCard extends LitElement {
  static override styles = [
    base,
    card,
    button,
    css`
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        margin: 10px 0 6px;
      }
      .back {
        margin-top: 8px;
        padding: 6px 10px;
        border-radius: 7px;
        background: var(--bad-soft);
        font-size: 12.5px;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) state: KernelsState = emptyKernels;
  @property({ attribute: false }) settings: KernelsSettings = defaultKernels;
  @query('h2') protected readonly heading!: HTMLElement;

  override render(): TemplateResult {
    const { state, settings } = this;
    const { file } = settings;
    const why = notAdoptable(state, settings);
    const { [file]: adopted } = state.adoption.kernels;
    const { [file]: out } = state.adoption.rolledBack;
    const same = adopted === state.text;
    return html`<section class="card" aria-labelledby="title">
      <h2 id="title" tabindex="-1">${msg('In the race')}</h2>
      <p class="quiet">
        ${msg('Adopt has the GPU of the Train lab race with this text, marked as edited. If it goes wrong there, it is rolled back. All else keeps the built-in kernels. It lasts until this page is loaded anew; a copy that you keep stays.')}
      </p>
      <div class="buttons">
        <button class="btn small" data-testid="adopt" aria-describedby="why" ?disabled=${why !== null} @click=${() => this.#wish('adopt')}>
          ${msg('Adopt')}
        </button>
        ${
          adopted === undefined
            ? nothing
            : html`<button class="btn small" data-testid="take-out" @click=${() => this.#wish('built-in')}>
                ${msg('Back to the built-in kernel')}
              </button>`
        }
      </div>
      <p class="quiet" id="why" role="status" data-testid="adoption" data-why=${why ?? 'ready'}>
        ${adopted === undefined || same ? nothing : html`${msg(str`Another text of ${file} is adopted.`)} `}${
          why !== null ? notAdoptableText(why) : out?.text === state.text ? triedText() : msg('It passed: it can race.')
        }
      </p>
      ${
        out
          ? html`<p class="back" data-testid="rolled-back">
              <b>${out.text === state.text ? msg('This text was rolled back:') : msg(str`Another text of ${file} was rolled back:`)}</b>
              ${whySentence(out.why)}.
            </p>`
          : nothing
      }
    </section>`;
  }

  #wish(kind: 'adopt' | 'built-in'): void {
    this.dispatchEvent(new KernelsWishEvent({ kind }));
    // neither button can be pressed again: the focus stays in this card
    this.heading.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'adopt-card': AdoptCard;
  }
}
