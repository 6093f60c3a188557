/**
 * `<train-lab>`: the lab that races one model on both processors. Lays out its cards and turns the race's notices into
 * banners; every card below renders its part and emits what a person wants.
 */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import './accuracy-card.ts';
import './cost-card.ts';
import './data-card.ts';
import './examples-card.ts';
import './model-card.ts';
import './race-card.ts';
import './speed-card.ts';
import './train-transport.ts';
import './weights-card.ts';
import '../../ui/notice-list.ts';
import type { MachineReport } from '../../session/protocol.ts';
import { defaultSettings, type Settings } from '../../session/settings.ts';
import { defineControls } from '../../ui/controls/web-awesome.ts';
import { SettingsChangeEvent, type ValueEvent } from '../../ui/events.ts';
import type { LabContext } from '../../ui/lab.ts';
import type { NoticeActionEvent } from '../../ui/notice-list.ts';
import { emptyRace, type RaceState } from '../../ui/race-state.ts';
import { labFrame } from '../../ui/lab-frame.ts';
import { base } from '../../ui/styles.ts';
import type { CostCard } from './cost-card.ts';
import { raceNotices } from './race-notices.ts';
import { rateToTry } from './sentences.ts';
import type { TakeDialog } from './take/take-dialog.ts';
import { trainLabStyles } from './train-lab-styles.ts';

/** Sliders and selects come then even if no race ever starts. */
const controlsAtLatestMs = 5000;

/** Controls, and the line that only those see who have swept m. */
async function defineTheRest(): Promise<void> {
  await defineControls();
  await Promise.all([import('./law-line.ts'), import('./train-save.ts')]);
  (await import('../../ui/own/own-button.ts')).layDesk();
}

@customElement('train-lab')
export class TrainLab extends LitElement {
  static override styles = [base, labFrame, trainLabStyles];

  @property({ attribute: false }) settings: Settings = defaultSettings.cats;
  @property({ attribute: false }) race: RaceState = emptyRace;
  @property({ attribute: false }) machine: MachineReport | null = null;
  @property() machineName = '';
  @property({ attribute: false }) context: LabContext | null = null;
  @query('cost-card') protected readonly costCard?: CostCard | null;
  @query('take-dialog') protected readonly takeDialog?: TakeDialog | null;
  readonly #fetched = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setTimeout(() => void defineTheRest(), controlsAtLatestMs);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  /** Controls are fetched once the race can be seen: the first cost points come before everything that can wait. */
  protected override updated(): void {
    const { lanes } = this.race;
    const waits = lanes.length < this.#lanesAwaited() || lanes.some(({ series }) => series.cost.length === 0);
    // without data there is nothing to wait for
    if (this.#timer === null || (waits && this.race.failure === null)) return;
    clearTimeout(this.#timer);
    this.#timer = null;
    requestAnimationFrame(() => setTimeout(() => void defineTheRest(), 200));
  }

  #lanesAwaited(): number {
    const { settings, machine, race } = this;
    const gpu = settings.gpu && (machine?.gpu.absent ?? null) === null && !race.notices.some(({ kind }) => kind === 'gpu-unfit');
    return Math.max(1, (gpu ? 1 : 0) + (settings.cpu === null ? 0 : 1));
  }

  /** What few races have, and what looks inside an example, is fetched when there is something for it to show. */
  protected override willUpdate(): void {
    const { race, context } = this;
    if (race.insight?.boundary) this.#fetch('boundary', () => import('./boundary-card.ts'));
    if (context?.query) this.#fetch('inside', () => import('./inside/inside-dialog.ts'));
  }

  #fetch(name: string, load: () => Promise<unknown>): void {
    if (this.#fetched.has(name)) return;
    this.#fetched.add(name);
    void load();
  }

  override render(): TemplateResult {
    const adopted = this.context?.desk.adopted;
    const notices = [...raceNotices(this.race, this.settings, this.machine), ...(adopted?.notices ?? [])];
    return html`<h1 class="hidden-text">Downhill</h1>
      <notice-list ?hidden=${notices.length === 0} .notices=${notices} @notice-action=${this.#act}></notice-list>
      <div class="grid">
        <div class="col controls">${this.#controls()}</div>
        <div class="col center">
          <cost-card .race=${this.race}></cost-card>
          <speed-card .race=${this.race} .machine=${this.machine}>${adopted?.marks(this.race)}</speed-card>
        </div>
        <div class="col learned">${this.#learned()}</div>
      </div>
      <train-transport
        .race=${this.race}
        .settings=${this.settings}
        @save-picture=${this.#save}
        @take-model=${this.#take}
      ></train-transport>
      <take-dialog></take-dialog>
      ${this.context?.query ? html`<inside-dialog .context=${this.context}></inside-dialog>` : nothing}`;
  }

  #controls(): TemplateResult {
    const { settings, race, machine } = this;
    return html`<data-card .settings=${settings} .data=${race.data}></data-card>
      <model-card .settings=${settings} .data=${race.data}></model-card>
      <race-card .settings=${settings} .race=${race} .machine=${machine}></race-card>`;
  }

  #learned(): TemplateResult {
    const { data, insight } = this.race;
    const probability = this.settings.output !== 'linear';
    return html`<accuracy-card .data=${data} .insight=${insight}></accuracy-card>
      ${insight?.boundary ? html`<boundary-card .insight=${insight} ?probability=${probability}></boundary-card>` : nothing}
      ${insight?.boundary ? nothing : html`<examples-card .data=${data} .insight=${insight} ?probability=${probability} @value-change=${this.#lookInside}></examples-card>`}
      <weights-card .data=${data} .insight=${insight}></weights-card>`;
  }

  #lookInside({ value }: ValueEvent<number>): void {
    this.context?.setQuery(`inside=${value}`);
  }

  #act(event: NoticeActionEvent): void {
    if (event.id === 'failed') return void import('../../ui/own/desk.ts').then(({ openDesk }) => openDesk());
    this.context?.desk.adopted?.act(event.id);
    this.requestUpdate();
    const { divergence } = this.race;
    const learningRate = event.id === 'diverged' && divergence ? rateToTry(divergence) : null;
    if (learningRate !== null) this.dispatchEvent(new SettingsChangeEvent({ learningRate }));
  }

  async #take(): Promise<void> {
    await import('./take/take-dialog.ts');
    const { takeDialog: dialog, context, settings } = this;
    if (!dialog || !context) return;
    dialog.name = `downhill-${settings.set}`;
    dialog.take = (kind) => context.inside.takeModel(kind);
    await dialog.open();
  }

  /** What paints and saves is fetched when it is first wanted. */
  async #save(): Promise<void> {
    const [{ racePicture }, { download }] = await Promise.all([import('./save-picture.ts'), import('../../ui/download.ts')]);
    const { race, settings, machine, machineName } = this;
    const blob = await racePicture({ race, settings, machine, machineName, chart: this.costCard?.canvas ?? null, element: this });
    download(blob, `downhill-${settings.set}.png`);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'train-lab': TrainLab;
  }
}
