/** What end-to-end tests ask of the Train lab: how the race stands, read from the page's store, and waiting for it. */
import type { RacePhase } from '../../../src/session/protocol.ts';

/** A page of whichever library. */
export interface AnyPage {
  evaluate<Result>(task: () => Result): Promise<Result>;
}

export interface RaceSummary {
  readonly phase: RacePhase;
  /** True while what is shown belongs to the race before. */
  readonly stale: boolean;
  readonly wantsToRun: boolean;
  readonly stepsAsked: number;
  readonly hasGhost: boolean;
  readonly m: number | null;
  readonly lanes: readonly LaneSummary[];
  readonly notices: readonly string[];
}

export interface LaneSummary {
  readonly kind: 'cpu' | 'gpu';
  readonly step: number;
  readonly checked: boolean | null;
  readonly steps: readonly number[];
  readonly costs: readonly number[];
}

/** A small race that a software GPU runs fast. `steps` large: it does not end by itself within a test. */
export function smallRace(steps: number, more = ''): string {
  return `?set=toys&hidden=none&m=60&steps=${steps}${more}`;
}

export async function raceOf(page: AnyPage): Promise<RaceSummary> {
  return page.evaluate(() => {
    const race = document.querySelector('downhill-app')?.session?.race;
    if (!race)
      return { phase: 'loading' as const, stale: false, wantsToRun: true, stepsAsked: 0, hasGhost: false, m: null, lanes: [], notices: [] };
    return {
      phase: race.phase,
      stale: race.stale,
      wantsToRun: race.wantsToRun,
      stepsAsked: race.stepsAsked,
      hasGhost: race.ghost !== null,
      m: race.data?.m ?? null,
      notices: race.notices.map(({ kind }) => kind),
      lanes: race.lanes.map(({ report, series }) => ({
        kind: report.kind,
        step: report.step,
        checked: report.checked,
        steps: [...series.step],
        costs: [...series.cost],
      })),
    };
  });
}

/** Waits until the race answers to `wanted`, and says how it stood at the end when it never does. */
export async function waitForRace(
  page: AnyPage,
  what: string,
  wanted: (race: RaceSummary) => boolean,
  timeoutMs = 45_000,
): Promise<RaceSummary> {
  const endMs = performance.now() + timeoutMs;
  for (;;) {
    const race = await raceOf(page);
    if (wanted(race)) return race;
    if (performance.now() > endMs) {
      const lanes = race.lanes.map(({ kind, step, checked }) => `${kind} at step ${step}, checked: ${checked}`);
      throw new Error(`Waited in vain for ${what}: the race is ${race.phase}${race.stale ? ' and stale' : ''}; ${lanes.join('; ')}.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export function waitForPhase(page: AnyPage, phase: RacePhase): Promise<RaceSummary> {
  return waitForRace(page, `the phase ${phase}`, (race) => race.phase === phase && !race.stale);
}

/** Every lane of the race has drawn points and done at least so many steps. */
export function waitForSteps(page: AnyPage, steps: number, lanes = 2): Promise<RaceSummary> {
  return waitForRace(
    page,
    `${lanes} lanes at step ${steps}`,
    (race) => !race.stale && race.lanes.length === lanes && race.lanes.every(({ step, costs }) => step >= steps && costs.length > 0),
  );
}

/** Leaves the step that was being done when a pause was asked for behind. */
export async function settledSteps(page: AnyPage): Promise<number> {
  const race = await waitForPhase(page, 'paused');
  return Math.min(...race.lanes.map(({ step }) => step));
}
