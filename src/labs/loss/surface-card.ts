/** `<surface-card>`: the picture of J over (w, b), which costs and views it shows, and what one can do with it. */
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import '../../ui/charts/save-menu.ts';
import './surface-picture.ts';
import '../../ui/controls/segment-field.ts';
import type { Shown } from '../../session/loss/protocol.ts';
import { costChoices, defaultLoss, viewChoices, type CostChoice, type LossSettings, type ViewChoice } from '../../session/loss/settings.ts';
import type { ValueEvent } from '../../ui/events.ts';
import { base, card } from '../../ui/styles.ts';
import { choices } from '../../ui/words.ts';
import type { CostPath } from './loss-session.ts';
import { changeEvent } from './loss-wish.ts';
import { costName } from './sentences.ts';
import { pathPoints } from './chart-points.ts';

@customElement('surface-card')
export class SurfaceCard extends LitElement {
  static override styles = [
    base,
    card,
    css`
      .card {
        height: 100%;
        display: flex;
        flex-direction: column;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 6px 10px;
        margin-bottom: 8px;
      }
      h2 {
        margin: 0 auto 0 0;
      }
      surface-picture {
        flex: 1;
        min-height: 0;
      }
      .foot {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 0 16px;
        margin-top: 4px;
      }
    `,
  ];

  @property({ attribute: false }) settings: LossSettings = defaultLoss;
  @property({ attribute: false }) paths: readonly CostPath[] = [];
  @property({ attribute: false }) shown: Shown | null = null;
  @property({ type: Number }) canvasNumber = 0;

  override render(): TemplateResult {
    const { settings, shown } = this;
    return html`<section class="card" aria-labelledby="surface">
      <div class="head">
        <h2 id="surface">${msg('Cost J(w, b)')}</h2>
        <segment-field
          label=${msg('Cost')}
          data-testid="cost"
          .value=${settings.cost}
          .choices=${choices(costChoices, choiceName)}
          @value-change=${({ value }: ValueEvent<CostChoice>) => this.#change({ cost: value })}
        ></segment-field>
        <segment-field
          label=${msg('View')}
          data-testid="view"
          .value=${settings.view}
          .choices=${choices(viewChoices, viewName)}
          @value-change=${({ value }: ValueEvent<ViewChoice>) => this.#change({ view: value })}
        ></segment-field>
        <save-menu name="downhill-cost-surface" .points=${() => pathPoints(this.paths)}></save-menu>
      </div>
      <surface-picture
        data-testid="picture"
        .settings=${settings}
        .paths=${this.paths}
        .landscapes=${shown?.landscapes ?? []}
        .canvasNumber=${this.canvasNumber}
      ></surface-picture>
      <p class="foot quiet">
        <span>${msg('Ring: the start, drag it. Disc: now. Cross: a minimum. Drag a surface to turn it.')}</span>
        <span data-testid="grid">${shown ? gridText(shown) : ''}</span>
      </p>
    </section>`;
  }

  #change(patch: Partial<LossSettings>): void {
    this.dispatchEvent(changeEvent(patch));
  }
}

function choiceName(choice: CostChoice): string {
  return choice === 'both' ? msg('both') : costName(choice);
}

function viewName(view: ViewChoice): string {
  const names: Record<ViewChoice, string> = { surface: msg('surface'), contours: msg('contours'), both: msg('both') };
  return names[view];
}

function gridText({ gridSize, processor }: Shown): string {
  const grid = `${gridSize} × ${gridSize}`;
  if (processor.kind === 'cpu') return msg(str`${grid}, CPU`);
  return processor.software ? msg(str`${grid}, software GPU`) : msg(str`${grid}, GPU`);
}

declare global {
  interface HTMLElementTagNameMap {
    'surface-card': SurfaceCard;
  }
}
