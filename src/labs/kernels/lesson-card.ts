/** `<lesson-card>`: an exercise's task, what speed to expect and the ratio that was measured here, hint and solution. Emits `kernels-wish`. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import type { KernelFile, TimeReport } from '../../session/kernels/protocol.ts';
import { base, button, card } from '../../ui/styles.ts';
import { lessonOf } from './file-list.ts';
import { listing } from './kernels-lab-styles.ts';
import { emptyKernels, isOutdated, shapeText, type KernelsState } from './kernels-state.ts';
import { KernelsWishEvent } from './kernels-wish.ts';
import { lessonText, outdatedText, overPlainText } from './words.ts';

@customElement('lesson-card')
export class LessonCard extends LitElement {
  static override styles = [
    base,
    card,
    button,
    listing,
    css`
      .measured {
        margin-top: 8px;
        font-size: 12.5px;
      }
      .old {
        color: var(--soft);
      }
      .btn {
        margin-top: 8px;
      }
    `,
  ];

  @property({ attribute: false }) file: KernelFile | null = null;
  @property({ attribute: false }) state: KernelsState = emptyKernels;

  override render(): TemplateResult | typeof nothing {
    const { file, state } = this;
    if (file?.kind !== 'lesson') return nothing;
    const { title, task, plain, expected, hint } = lessonText(lessonOf(file.file));
    return html`<section class="card" aria-labelledby="title">
      <h2 id="title">${msg('Exercise')}</h2>
      <p><b>${title}</b></p>
      <p class="quiet" data-testid="task">${task}</p>
      <p class="measured">${msg(str`The plain way is ${plain}. ${expected}`)}</p>
      <div class="measured" data-testid="ratio">${this.#ratio(state.time)}</div>
      <details>
        <summary>${msg('Hint')}</summary>
        <p class="quiet">${hint}</p>
      </details>
      <details>
        <summary>${msg('Solution')}</summary>
        <pre tabindex="0" data-testid="solution">${file.solution}</pre>
        <button class="btn small" data-testid="take-solution" @click=${this.#take}>${msg('Put it into the editor')}</button>
      </details>
    </section>`;
  }

  #ratio(time: TimeReport | null): TemplateResult {
    const { state } = this;
    if (!time) return html`<p class="quiet">${msg('How much that is here is measured once your text is right.')}</p>`;
    const [edited, solution] = [time.lanes.find(({ kind }) => kind === 'edited'), time.lanes.find(({ name }) => name === 'solution')];
    if (state.phase === 'timing' && !solution?.overPlain) return html`<p class="quiet">${msg('Timing …')}</p>`;
    const old = isOutdated(state);
    return html`<p>${msg(str`Measured here at ${shapeText(time.shape)}, beside the plain way:`)}</p>
      <p>${msg(str`the solution ${overPlainText(solution)};`)}</p>
      <p class=${old ? 'old' : ''}>${msg(str`your text ${overPlainText(edited)}.`)} ${old ? outdatedText() : nothing}</p>`;
  }

  #take(): void {
    this.dispatchEvent(new KernelsWishEvent({ kind: 'solution' }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lesson-card': LessonCard;
  }
}
