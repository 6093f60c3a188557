/**
 * The kernels that a reader adopted, between the Kernels lab, where that is done, and the race of the Train lab, which runs
 * them: it hands them to each race that starts, has the race begin again when they change, and takes a rollback in. It
 * comes with the Kernels lab; whoever never goes there never fetches it.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { msg } from '@lit/localize';
import './edited-mark.ts';
import type { AdoptedKernels, Rollback } from '../../session/adopted/protocol.ts';
import type { Notice } from '../notice-list.ts';
import { emptyRace, type RaceState } from '../race-state.ts';
import { adopted, nothingAdopted, rolledBack, takenOut, type AdoptionState } from './adoption-state.ts';
import { rollbackSentence } from './adoption-words.ts';

/** What it needs of the page's store. */
export interface RaceDesk {
  readonly lab: string;
  readonly race: RaceState;
  subscribe(listener: () => void): () => void;
  /** Back to step 0. */
  reset(paused?: boolean): void;
  whenAway(): Promise<void>;
}

const noticeId = 'rolled-back';

export class Adoption {
  readonly #desk: RaceDesk;
  readonly #listeners = new Set<() => void>();
  #state: AdoptionState = nothingAdopted;
  /** The race at hand runs other kernels than it should: it begins again when Train is opened. */
  #isStale = false;

  constructor(desk: RaceDesk) {
    this.#desk = desk;
    desk.subscribe(() => void this.#catchUp());
  }

  get state(): AdoptionState {
    return this.#state;
  }

  /** What a race that starts now runs in the place of the tree's kernels; undefined: nothing. */
  get kernels(): AdoptedKernels | undefined {
    const { kernels } = this.#state;
    return Object.keys(kernels).length === 0 ? undefined : kernels;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @param file path below `shaders/` */
  adopt(file: string, text: string): void {
    this.#set(adopted(this.#state, file, text));
    this.#beginAgain(false);
  }

  takeOut(files: readonly string[]): void {
    this.#set(takenOut(this.#state, files));
    this.#beginAgain(!this.#desk.race.wantsToRun);
  }

  /** A race went wrong with them and has ended: another begins in its place. */
  rollBack(rollback: Rollback): void {
    const { lab, race } = this.#desk;
    this.#set(rolledBack(this.#state, rollback));
    if (lab === 'train') return this.#desk.reset(!race.wantsToRun);
    // who waits for the race to rest must not wait in vain
    this.#desk.reset();
    this.#isStale = true;
  }

  #set(state: AdoptionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }

  #beginAgain(paused: boolean): void {
    const { lab, race } = this.#desk;
    if (lab === 'train') this.#desk.reset(paused);
    else this.#isStale = race !== emptyRace;
  }

  /** Train was opened, and its race has had time to come back to itself. */
  async #catchUp(): Promise<void> {
    if (!this.#isStale || this.#desk.lab !== 'train') return;
    this.#isStale = false;
    await this.#desk.whenAway();
    this.#beginAgain(false);
  }

  get notices(): readonly Notice[] {
    const { news } = this.#state;
    return news ? [{ id: noticeId, tone: 'warn', text: rollbackSentence(news), action: msg('Dismiss') }] : [];
  }

  /** @param id of a notice on which a button was pressed */
  act(id: string): void {
    if (id === noticeId) this.#set({ ...this.#state, news: null });
  }

  /** For the speed card: one beside the speed-up, and one on the lane of the GPU where its steps run an edited text. */
  marks({ edited, stale }: RaceState): TemplateResult | typeof nothing {
    const files = Object.keys(this.#state.kernels);
    if (!edited || stale || files.length === 0) return nothing;
    const used = [...edited.steps, ...edited.beside];
    const takeOut = (): void => this.takeOut(used.length > 0 ? used : files);
    return html`<edited-mark data-testid="edited-mark" .use=${edited} .kernels=${files} .takeOut=${takeOut}></edited-mark>
      ${edited.steps.length > 0 ? html`<edited-mark slot="gpu" data-testid="edited-lane" .use=${edited} short></edited-mark>` : nothing}`;
  }
}
