/**
 * `<inside-dialog>`: one test example of the race taken apart, and one neuron at work on it, while the race goes on. Fetched
 * when it is first opened; which example it is stands in the address. What is asked of the race is the store's.
 */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import '../../../ui/charts/picture-canvas.ts';
import '../../../ui/controls/number-field.ts';
import { defineControls, defineDialog } from '../../../ui/controls/web-awesome.ts';
import { RaceCommandEvent, type ValueEvent } from '../../../ui/events.ts';
import { integer } from '../../../ui/format.ts';
import type { LabContext } from '../../../ui/lab.ts';
import { stepsDone } from '../../../ui/race-state.ts';
import { base, button } from '../../../ui/styles.ts';
import { insideDialogStyles } from './inside-dialog-styles.ts';
import { printInside, readInside, type InsideChoice } from './inside-query.ts';
import { InsideStore } from './inside-store.ts';
import './neuron-card.ts';
import './picture-to-x.ts';
import { wholePicture } from './rasters.ts';
import { labelOf } from './words.ts';
import type { Picture } from '../../../session/protocol.ts';
import type { InsidePicture } from '../../../session/inside/protocol.ts';

@customElement('inside-dialog')
export class InsideDialog extends LitElement {
  static override styles = [base, button, insideDialogStyles];

  @property({ attribute: false }) context: LabContext | null = null;
  @state() protected ready = false;
  #store: InsideStore | null = null;
  #thumbnail: { readonly of: InsidePicture; readonly picture: Picture } | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    void defineDialog().then(() => (this.ready = true));
    void defineControls();
  }

  get #choice(): InsideChoice | null {
    const { data } = this.context?.race ?? {};
    return data && this.context ? readInside(this.context.query, data.mTest, this.#store?.neuron?.units ?? null).choice : null;
  }

  protected override willUpdate(): void {
    const { context } = this;
    const choice = this.#choice;
    if (!context || !choice || !context.race.data?.image || context.race.stale) return;
    this.#store ??= new InsideStore(context.inside, () => this.requestUpdate());
    this.#store.follow(choice, context.race.data, context.race.insight);
  }

  override render(): TemplateResult | typeof nothing {
    const { context } = this;
    if (!context || !this.ready) return nothing;
    return html`<wa-dialog label=${msg('From picture to x to ŷ')} open @wa-after-hide=${this.#hidden}>
      <div data-testid="inside">${this.#body(context)}</div>
      <div slot="footer" class="footer">${this.#transport(context)}</div>
    </wa-dialog>`;
  }

  #body({ race, query }: LabContext): TemplateResult {
    const { data } = race;
    if (!data) return html`<p class="quiet">${msg('The data are on their way …')}</p>`;
    if (!data.image) {
      return html`<p data-testid="no-image">
        ${msg('These data are no pictures, so that there is nothing to take apart here. Choose Cats or Fashion, close this, and open one of the test examples.')}
      </p>`;
    }
    const { picture = null, neuron = null, failure = null } = this.#store ?? {};
    const { complaint } = readInside(query, data.mTest, neuron?.units ?? null);
    return html`${complaint === null ? nothing : html`<p class="complaint" role="alert" data-testid="inside-complaint">${complaint}</p>`}
      ${failure === null ? nothing : html`<p class="complaint" role="alert">${msg('What computes behind this page has failed.')} (${failure})</p>`}
      ${this.#chooser(picture, data.mTest, data.classNames)}
      <div class="parts">
        <picture-to-x .picture=${picture} .classNames=${data.classNames}></picture-to-x>
        <neuron-card
          .picture=${picture}
          .neuron=${neuron}
          .classNames=${data.classNames}
          silence=${silenceOf(race.phase)}
          @value-change=${({ value }: ValueEvent<number>) => this.#choose({ unit: value })}
        ></neuron-card>
      </div>`;
  }

  #chooser(picture: InsidePicture | null, mTest: number, classNames: readonly string[]): TemplateResult {
    const index = this.#choice?.index ?? 0;
    const turn = (by: number): void => this.#choose({ index: (index + by + mTest) % mTest });
    return html`<div class="chooser">
      <picture-canvas .picture=${picture && this.#thumbnailOf(picture)} label=${msg('The test example')}></picture-canvas>
      <div>
        <div class="turn">
          <button class="btn small" aria-label=${msg('The example before')} @click=${() => turn(-1)}>‹</button>
          <number-field
            label=${msg('Test example')}
            data-testid="example"
            whole
            .low=${0}
            .high=${Math.max(0, mTest - 1)}
            .value=${index}
            @value-change=${({ value }: ValueEvent<number>) => this.#choose({ index: value })}
          ></number-field>
          <button class="btn small" data-testid="next" aria-label=${msg('The next example')} @click=${() => turn(1)}>›</button>
        </div>
        <p class="quiet" data-testid="label">
          ${picture ? msg(str`${labelOf(picture.y, classNames)}, y = ${picture.y}. The model never trains on it.`) : nothing}
        </p>
      </div>
    </div>`;
  }

  /** The race goes on behind the panel, and can be steered from here. */
  #transport({ race, settings }: LabContext): TemplateResult {
    const command = (name: 'toggle' | 'step'): boolean => this.dispatchEvent(new RaceCommandEvent(name));
    const going = race.wantsToRun && race.phase === 'racing';
    return html`<span class="quiet" data-testid="inside-steps">
        ${integer(race.stale ? 0 : stepsDone(race))} / ${integer(race.stepsAsked || settings.steps)} ${msg('steps')}
      </span>
      <button class="btn small" data-testid="inside-run" @click=${() => command('toggle')}>
        ${going ? msg('Pause') : race.phase === 'finished' ? msg('Run on') : msg('Run')}
      </button>
      <button class="btn small" data-testid="inside-step" @click=${() => command('step')}>${msg('Step')}</button>`;
  }

  #thumbnailOf(picture: InsidePicture): Picture {
    if (this.#thumbnail?.of !== picture) {
      this.#thumbnail = { of: picture, picture: wholePicture(picture.raw, 0, picture.image, '') };
    }
    return this.#thumbnail.picture;
  }

  /** Another example is no entry of its own in the history: Back closes the panel. */
  #choose(patch: Partial<InsideChoice>): void {
    const choice = this.#choice;
    if (choice) this.context?.setQuery(printInside({ ...choice, ...patch }), true);
  }

  /** Lists within the dialog hide as well. */
  #hidden(event: Event): void {
    if (event.target === event.currentTarget) this.context?.setQuery('');
  }
}

function silenceOf(phase: LabContext['race']['phase']): string {
  if (phase === 'diverged') return msg('The race has diverged: its w and b are no numbers any more. Close this and choose a smaller α.');
  return phase === 'failed' ? msg('The race has failed, so that there are no w and b. Close this to read why.') : '';
}

declare global {
  interface HTMLElementTagNameMap {
    'inside-dialog': InsideDialog;
  }
}
