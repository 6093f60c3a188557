/** `<race-card>`: which lanes race, and by which plan the GPU computes a step. Emits `settings-change`. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '@lit/localize';
import '../../ui/controls/choice-field.ts';
import './plan-rivals.ts';
import type { MachineReport } from '../../session/protocol.ts';
import { cpuLanes, defaultSettings, type Settings } from '../../session/settings.ts';
import { SettingsChangeEvent, type ValueEvent } from '../../ui/events.ts';
import { emptyRace, laneOf, type RaceState } from '../../ui/race-state.ts';
import { base, card, row } from '../../ui/styles.ts';
import { planName } from '../../ui/words.ts';
import { cpuLaneList, planChoiceList, planMeaning } from './names.ts';

@customElement('race-card')
export class RaceCard extends LitElement {
  static override styles = [
    base,
    card,
    row,
    css`
      label {
        display: flex;
        gap: 8px;
        align-items: center;
        font-weight: 600;
        cursor: pointer;
      }
      .row > label.gpu {
        color: var(--gpu);
      }
      .row > label.cpu {
        color: var(--cpu-ink);
      }
      input {
        width: 15px;
        height: 15px;
        margin: 0;
        color: inherit;
        accent-color: currentColor;
      }
      p {
        margin-top: 6px;
      }
    `,
  ];

  @property({ attribute: false }) settings: Settings = defaultSettings.cats;
  @property({ attribute: false }) race: RaceState = emptyRace;
  @property({ attribute: false }) machine: MachineReport | null = null;

  override render(): TemplateResult {
    const { settings } = this;
    const absent = this.machine !== null && this.machine.gpu.absent !== null;
    const gpu = settings.gpu && !absent;
    const cpu = settings.cpu !== null || absent;
    return html`<section class="card" aria-labelledby="title">
      <h2 id="title">${msg('Race')}</h2>
      <div class="row">
        <label class="gpu">${this.#box('gpu', gpu, absent || (gpu && !cpu))} GPU</label>
        ${
          absent
            ? html`<span>${msg('none here')}</span>`
            : html`<choice-field
                data-testid="plan"
                label=${msg('by plan')}
                .value=${settings.plan}
                .choices=${planChoiceList()}
                @value-change=${(e: ValueEvent<string>) => this.#plan(e.value)}
              ></choice-field>`
        }
      </div>
      <div class="row">
        <label class="cpu">${this.#box('cpu', cpu, cpu && !gpu)} CPU</label>
        <choice-field
          data-testid="cpu-lane"
          label=${msg('by')}
          .value=${settings.cpu ?? 'auto'}
          .choices=${cpuLaneList()}
          @value-change=${(e: ValueEvent<string>) => this.#cpuLane(e.value)}
        ></choice-field>
      </div>
      ${gpu && cpu ? nothing : html`<p class="quiet" id="only" data-testid="only-lane">${onlyLane(absent, gpu)}</p>`}
      <p class="quiet" data-testid="plan-meaning">${absent ? planMeaning('reference') : this.#meaning()}</p>
      ${absent ? nothing : html`<plan-rivals .tuning=${this.race.tuning} .chosen=${settings.plan !== 'auto'}></plan-rivals>`}
    </section>`;
  }

  /** The lane that is left cannot be taken away. */
  #box(lane: 'gpu' | 'cpu', checked: boolean, fixed: boolean): TemplateResult {
    const change = (event: Event): void => {
      const on = (event.currentTarget as HTMLInputElement).checked;
      this.#change(lane === 'gpu' ? { gpu: on } : { cpu: on ? 'auto' : null });
    };
    return html`<input
      type="checkbox"
      data-testid="lane-${lane}"
      aria-describedby=${fixed ? 'only' : nothing}
      .checked=${checked}
      ?disabled=${fixed}
      @change=${change}
    />`;
  }

  #meaning(): string {
    const running = laneOf(this.race, 'gpu')?.report.plan;
    if (this.settings.plan !== 'auto' || running === undefined || running === 'reference') return planMeaning(this.settings.plan);
    return `${msg('Taken here')}: ${planName(running)}. ${planMeaning(running)}`;
  }

  #plan(value: string): void {
    const choice = planChoiceList().find((plan) => plan.value === value);
    if (choice) this.#change({ plan: choice.value as Settings['plan'] });
  }

  #cpuLane(value: string): void {
    const lane = cpuLanes.find((name) => name === value);
    if (lane) this.#change({ cpu: lane });
  }

  #change(patch: Partial<Settings>): void {
    this.dispatchEvent(new SettingsChangeEvent(patch));
  }
}

/** Why the box of the lane that is left does not move. */
function onlyLane(gpuAbsent: boolean, gpu: boolean): string {
  if (gpuAbsent) return msg('Without a GPU the CPU is the only lane, so it stays in.');
  return gpu
    ? msg('One lane has to race: the GPU stays in while the CPU is out.')
    : msg('One lane has to race: the CPU stays in while the GPU is out.');
}

declare global {
  interface HTMLElementTagNameMap {
    'race-card': RaceCard;
  }
}
