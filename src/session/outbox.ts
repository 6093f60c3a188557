/** Collects what changed and sends it as one message, at most one a frame, in order, stamped with the run. */
import type { Clock } from '../engine/contract.ts';
import type { LaneReport, RaceNotice, RacePhase, RaceUpdate } from './protocol.ts';

/** News since the last message; test points grow, everything else is overwritten. */
export type News = Partial<Omit<RaceUpdate, 'runId' | 'phase' | 'warming' | 'wantsToRun' | 'stepsAsked' | 'lanes' | 'notice'>>;

/** What every message says. Asking takes the lanes' new points with it. */
export interface Standing {
  readonly phase: RacePhase;
  readonly warming: boolean;
  readonly wantsToRun: boolean;
  readonly stepsAsked: number;
  readonly lanes: readonly LaneReport[];
}

const frameMs = 16;

export class Outbox {
  readonly #runId: number;
  readonly #send: (update: RaceUpdate) => void;
  readonly #clock: Clock;
  readonly #standing: () => Standing;
  #news: News = {};
  #notices: RaceNotice[] = [];
  #lastSentMs = Number.NEGATIVE_INFINITY;
  #closed = false;

  constructor(runId: number, send: (update: RaceUpdate) => void, clock: Clock, standing: () => Standing) {
    this.#runId = runId;
    this.#send = send;
    this.#clock = clock;
    this.#standing = standing;
  }

  add(news: News): void {
    const testPoints = [...(this.#news.testPoints ?? []), ...(news.testPoints ?? [])];
    this.#news = { ...this.#news, ...news, ...(testPoints.length > 0 && { testPoints }) };
  }

  /** A notice; each goes out once. */
  note(notice: RaceNotice): void {
    this.#notices.push(notice);
  }

  /** Sends when a frame has passed since the last message, or at once when that is asked for. */
  flush(atOnce = false): void {
    const now = this.#clock();
    if (this.#closed || (!atOnce && now - this.#lastSentMs < frameMs)) return;
    this.#lastSentMs = now;
    const { lanes, ...standing } = this.#standing();
    const news = this.#news;
    const [notice, ...more] = this.#notices;
    this.#news = {};
    this.#notices = [];
    this.#send({ runId: this.#runId, ...standing, ...(lanes.length > 0 && { lanes }), ...news, ...(notice && { notice }) });
    for (const next of more) this.#send({ runId: this.#runId, ...standing, notice: next });
  }

  /** Nothing is sent any more. */
  close(): void {
    this.#closed = true;
  }
}
