/** `<gate-card>`: what the gate found: right or where it is wrong, with a map of the error for matrices. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import './error-map.ts';
import type { GateFinding } from '../../session/kernels/protocol.ts';
import { duration } from '../../ui/format.ts';
import { base, card } from '../../ui/styles.ts';
import { emptyKernels, isOutdated, type KernelsState } from './kernels-state.ts';
import { gateSentence, outdatedText } from './words.ts';

@customElement('gate-card')
export class GateCard extends LitElement {
  static override styles = [
    base,
    card,
    css`
      .right b {
        color: var(--good);
      }
      .wrong b {
        color: var(--bad);
      }
      .old,
      .old b {
        color: var(--soft);
      }
      .old error-map {
        opacity: 0.5;
      }
      error-map {
        height: 160px;
        margin-top: 10px;
      }
    `,
  ];

  @property({ attribute: false }) state: KernelsState = emptyKernels;

  override render(): TemplateResult {
    const { gate, gateMs, phase, trial, time } = this.state;
    const old = isOutdated(this.state);
    return html`<section class="card ${old ? 'old' : ''}" aria-labelledby="title">
      <h2 id="title">${msg('The gate')}</h2>
      <div role="status" data-testid="gate" data-finding=${gate?.kind ?? (phase === 'checking' ? 'checking' : 'none')}>
        ${
          gate
            ? html`${this.#found(gate)}${old ? html`<p class="quiet" data-testid="gate-outdated">${outdatedText()}</p>` : nothing}`
            : html`<p class="quiet">
                ${
                  phase === 'checking'
                    ? time
                      ? msg(str`Right at the shape that is timed. Checking the others: ${trial} …`)
                      : msg(str`Checking ${trial} …`)
                    : msg(
                        'Run gives this text random inputs at several shapes, odd ones included, and compares every value with its CPU twin. Only a right answer gets a time.',
                      )
                }
              </p>`
        }
      </div>
      ${gate?.kind === 'right' && gateMs > 0 ? html`<p class="quiet">${msg(str`Checked in ${duration(gateMs)}, compiling included.`)}</p>` : nothing}
      ${gate?.kind === 'wrong' ? this.#map(gate) : nothing}
    </section>`;
  }

  #found(gate: GateFinding): TemplateResult {
    const isRight = gate.kind === 'right';
    const words = gate.kind === 'not-compiled' ? gate.complaints.filter(({ kind }) => kind === 'error') : [];
    return html`<p class=${isRight ? 'right' : 'wrong'}><b aria-hidden="true">${isRight ? '✓' : '✗'}</b> ${gateSentence(gate)}</p>
      ${words.slice(0, 3).map((one) => html`<p class="quiet">${one.words}</p>`)}`;
  }

  #map({ comparison }: Extract<GateFinding, { kind: 'wrong' }>): TemplateResult | typeof nothing {
    const { map } = comparison;
    if (!map) return nothing;
    const summary = msg(str`Error over ${map.region}, ${map.matrixRows} × ${map.matrixColumns} values; red where a value is wrong.`);
    return html`<error-map .map=${map} .summary=${summary}></error-map>
      <p class="quiet">${summary}</p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gate-card': GateCard;
  }
}
