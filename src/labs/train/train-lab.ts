/**
 * `<train-lab>`: the lab that races one model on both processors. Lays out its cards and turns the race's notices into
 * banners; every card below renders its part and emits what a person wants.
 */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import './accuracy-card.ts';
import './boundary-card.ts';
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
import { SettingsChangeEvent } from '../../ui/events.ts';
import type { NoticeActionEvent } from '../../ui/notice-list.ts';
import { emptyRace, type RaceState } from '../../ui/race-state.ts';
import { base } from '../../ui/styles.ts';
import type { CostCard } from './cost-card.ts';
import { raceNotices } from './race-notices.ts';
import { racePicture, savePicture } from './save-picture.ts';
import { trainLabStyles } from './train-lab-styles.ts';

@customElement('train-lab')
export class TrainLab extends LitElement {
  static override styles = [base, trainLabStyles];

  @property({ attribute: false }) settings: Settings = defaultSettings.cats;
  @property({ attribute: false }) race: RaceState = emptyRace;
  @property({ attribute: false }) machine: MachineReport | null = null;
  @property() machineName = '';
  @query('cost-card') protected costCard: CostCard | null = null;

  override render(): TemplateResult {
    const notices = raceNotices(this.race, this.settings, this.machine);
    return html`<h1 class="hidden-text">Downhill</h1>
      <notice-list ?hidden=${notices.length === 0} .notices=${notices} @notice-action=${this.#act}></notice-list>
      <div class="grid">
        <div class="col controls">${this.#controls()}</div>
        <div class="col center">
          <cost-card .race=${this.race}></cost-card>
          <speed-card .race=${this.race} .machine=${this.machine}></speed-card>
        </div>
        <div class="col learned">${this.#learned()}</div>
      </div>
      <train-transport .race=${this.race} .settings=${this.settings} @save-picture=${this.#save}></train-transport>`;
  }

  #controls(): TemplateResult {
    const { settings, race, machine } = this;
    return html`<data-card .settings=${settings} .data=${race.data}></data-card>
      <model-card .settings=${settings} .data=${race.data}></model-card>
      <race-card .settings=${settings} .race=${race} .machine=${machine}></race-card>`;
  }

  #learned(): TemplateResult {
    const { data, insight } = this.race;
    return html`<accuracy-card .data=${data} .insight=${insight}></accuracy-card>
      ${insight?.boundary ? html`<boundary-card .insight=${insight}></boundary-card>` : nothing}
      ${insight?.boundary ? nothing : html`<examples-card .data=${data} .insight=${insight}></examples-card>`}
      <weights-card .data=${data} .insight=${insight}></weights-card>`;
  }

  #act(event: NoticeActionEvent): void {
    const { divergence } = this.race;
    if (event.id === 'diverged' && divergence) this.dispatchEvent(new SettingsChangeEvent({ learningRate: divergence.tryLearningRate }));
  }

  async #save(): Promise<void> {
    const { race, settings, machine, machineName } = this;
    const blob = await racePicture({ race, settings, machine, machineName, chart: this.costCard?.canvas ?? null, element: this });
    savePicture(blob, `downhill-${settings.set}.png`);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'train-lab': TrainLab;
  }
}
