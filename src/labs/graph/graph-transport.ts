/** `<graph-transport>`: forward, backward, one step, back, all at once, reset; where one stands; the link. Emits `graph-wish`. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '@lit/localize';
import { CopyLink } from '../../ui/copy-link.ts';
import { base, button } from '../../ui/styles.ts';
import { pauseSign, runSign } from '../../ui/transport-signs.ts';
import { transportStyles } from '../../ui/transport-styles.ts';
import { defaultGraph, emptyGraph, partsOf, stepsDone, type GraphSettings, type GraphState } from './graph-state.ts';
import { GraphWishEvent, type GraphWish } from './graph-wish.ts';
import { statusSentence } from './status-words.ts';

@customElement('graph-transport')
export class GraphTransport extends LitElement {
  static override styles = [
    base,
    button,
    transportStyles,
    css`
      @media (max-width: 759px) {
        .buttons:not(.out) {
          flex: 1 1 100%;
          flex-wrap: wrap;
        }
        .buttons:not(.out) .btn {
          flex: 1 1 auto;
          min-width: 0;
          padding: 6px 9px;
        }
      }
    `,
  ];

  @property({ attribute: false }) settings: GraphSettings = defaultGraph;
  @property({ attribute: false }) state: GraphState = emptyGraph;
  readonly #link = new CopyLink(this);

  override render(): TemplateResult {
    const { settings, state } = this;
    const { forward, backward } = partsOf(settings, state);
    const done = stepsDone(settings, state);
    const whole = Math.max(1, forward + backward);
    const isForward = settings.view === 'examples' || done < forward;
    const part = (kind: 'forward' | 'backward', label: string): TemplateResult => {
      const plays = state.playing && (kind === 'forward') === isForward;
      return html`<button
        class="btn ${(kind === 'forward') === isForward ? 'primary' : ''}"
        data-testid=${kind}
        aria-keyshortcuts=${(kind === 'forward') === isForward ? 'Space' : nothing}
        ?disabled=${kind === 'forward' ? forward === 0 : backward === 0}
        @click=${this.#wish({ kind: plays ? 'toggle' : kind })}
      >
        ${plays ? html`${pauseSign} ${msg('Pause')}` : html`${runSign} ${label}`}
      </button>`;
    };
    return html`<footer aria-label=${msg('Transport')}>
      <div class="progress" style="transform:scaleX(${done / whole})"></div>
      <div class="buttons">
        ${
          settings.view === 'examples'
            ? part('forward', msg('Run the loop'))
            : html`${part('forward', msg('Forward'))} ${part('backward', msg('Backward'))}`
        }
        ${this.#button('step', msg('Step'), { kind: 'step' }, done >= forward + backward, '.')}
        ${this.#button('back', msg('Back'), { kind: 'back' }, done === 0)}
        ${this.#button('all', msg('All at once'), { kind: 'all' }, done >= forward + backward)}
        ${this.#button('reset', msg('Reset'), { kind: 'reset' }, false, 'r')}
      </div>
      <p class="status quiet"><span role="status" data-testid="status">${statusSentence(settings, state)}</span></p>
      <div class="buttons out">
        <button class="btn" data-testid="copy-link" @click=${() => this.#link.copy(msg('The link to this graph'))}>
          ${this.#link.copied ? msg('Copied') : msg('Copy link')}
        </button>
      </div>
    </footer>`;
  }

  #button(id: string, label: string, wish: GraphWish, disabled: boolean, key?: string): TemplateResult {
    return html`<button class="btn" data-testid=${id} aria-keyshortcuts=${key ?? nothing} ?disabled=${disabled} @click=${this.#wish(wish)}>
      ${label}
    </button>`;
  }

  #wish(wish: GraphWish): () => void {
    return () => this.dispatchEvent(new GraphWishEvent(wish));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'graph-transport': GraphTransport;
  }
}
