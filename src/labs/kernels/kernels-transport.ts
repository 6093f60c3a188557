/** `<kernels-transport>`: Run or Stop, what is going on, the link. Emits `kernels-wish`. */
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import { CopyLink } from '../../ui/copy-link.ts';
import { duration } from '../../ui/format.ts';
import { base, button } from '../../ui/styles.ts';
import { pauseSign, runSign } from '../../ui/transport-signs.ts';
import { transportStyles } from '../../ui/transport-styles.ts';
import { defaultKernels, emptyKernels, fileOf, isEdited, type KernelsSettings, type KernelsState } from './kernels-state.ts';
import { KernelsWishEvent } from './kernels-wish.ts';
import { packText } from './link-text.ts';

@customElement('kernels-transport')
export class KernelsTransport extends LitElement {
  static override styles = [
    base,
    button,
    transportStyles,
    css`
      /* a window that low has no room for what always stays */
      @media (max-height: 420px) {
        footer {
          position: static;
        }
      }
    `,
  ];

  @property({ attribute: false }) settings: KernelsSettings = defaultKernels;
  @property({ attribute: false }) state: KernelsState = emptyKernels;
  #tooLong = false;
  readonly #link = new CopyLink(this);

  override render(): TemplateResult {
    const { state, settings } = this;
    const busy = state.phase !== 'idle';
    const runs = state.processor?.kind === 'gpu' && (fileOf(state, settings)?.contracts.length ?? 0) > 0;
    return html`<footer aria-label=${msg('Transport')}>
      <div class="buttons">
        <button
          class="btn primary"
          data-testid="run"
          aria-keyshortcuts="Space Control+Enter"
          ?disabled=${!runs}
          @click=${() => this.dispatchEvent(new KernelsWishEvent({ kind: busy ? 'stop' : 'run' }))}
        >
          ${busy ? html`${pauseSign} ${msg('Stop')}` : html`${runSign} ${msg('Run')}`}
        </button>
      </div>
      <p class="status quiet"><span role="status" data-testid="status" data-phase=${state.phase}>${this.#status()}</span></p>
      <div class="buttons out">
        <button class="btn" data-testid="copy-link" @click=${() => void this.#copy()}>
          ${this.#link.copied ? msg('Copied') : msg('Copy link')}
        </button>
      </div>
    </footer>`;
  }

  #status(): string {
    const { phase, fromLink, trial, firstTimeMs } = this.state;
    if (this.#tooLong) return msg('This text is too long for a link: save it as a .wgsl file and send that.');
    if (fromLink) return msg('This kernel came with the link. It has not run, and does not before you press Run.');
    if (phase === 'checking') return trial === '' ? msg('Waiting until nothing else computes …') : msg(str`Checking ${trial} …`);
    if (phase === 'timing') return msg('Right. Timing in turns …');
    if (firstTimeMs > 0) return msg(str`The first time stood ${duration(firstTimeMs)} after Run. Ctrl+Enter runs from the editor.`);
    return msg('Run checks the text first and times it then. Ctrl+Enter runs from the editor.');
  }

  async #copy(): Promise<void> {
    const packed = isEdited(this.state, this.settings) ? await packText(this.state.text) : '';
    this.#tooLong = packed === null;
    if (packed === null) return this.requestUpdate();
    history.replaceState(null, '', location.pathname + location.search + (packed === '' ? '' : `#${packed}`));
    await this.#link.copy(msg('The link to this kernel'));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'kernels-transport': KernelsTransport;
  }
}
