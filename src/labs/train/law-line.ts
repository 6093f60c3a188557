/** `<law-line>`: what a step takes at this m by the laws that a sweep of the Scale lab found here; nothing where there are none. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import { defaultSettings, type Settings } from '../../session/settings.ts';
import { duration } from '../../ui/format.ts';
import { lawsFor } from '../../ui/step-laws.ts';
import { base } from '../../ui/styles.ts';
import { datasetName } from '../../ui/words.ts';
import { modelName } from './names.ts';

@customElement('law-line')
export class LawLine extends LitElement {
  static override styles = [
    base,
    css`
      p {
        line-height: 1.35;
        padding: 2px 0 4px;
      }
    `,
  ];

  @property({ attribute: false }) settings: Settings = defaultSettings.cats;

  override render(): TemplateResult | typeof nothing {
    const { settings } = this;
    const laws = lawsFor(settings);
    if (!laws) return nothing;
    const parts = (['gpu', 'cpu'] as const).flatMap((lane) => {
      const law = laws[lane];
      return law ? [`${lane === 'gpu' ? 'GPU' : 'CPU'} ≈ ${duration(law.fixedMs + law.msPerExample * settings.m)}`] : [];
    });
    const model = modelName(settings);
    return html`<p class="quiet" data-testid="law">
      ${msg(str`By the Scale lab’s law for ${model} on ${datasetName(settings.set)}, a step takes ${parts.join(', ')} at this m.`)}
    </p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'law-line': LawLine;
  }
}
