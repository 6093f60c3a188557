/** How many tests and checks passed and failed, kept between the commands so that a last line can add them up. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './root.ts';

export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

export const resultsFolder = join(cacheFolder, 'results');

export type TallyName = 'test' | 'check';

function pathOf(name: TallyName): string {
  return join(resultsFolder, `${name}.json`);
}

export function forgetTally(name: TallyName): void {
  rmSync(pathOf(name), { force: true });
}

export function keepTally(name: TallyName, tally: Tally): void {
  mkdirSync(resultsFolder, { recursive: true });
  writeFileSync(pathOf(name), JSON.stringify(tally));
}

/** A command that ended before it could count is one failure. */
export function recallTally(name: TallyName): Tally {
  if (!existsSync(pathOf(name))) return { passed: 0, failed: 1 };
  return JSON.parse(readFileSync(pathOf(name), 'utf8')) as Tally;
}

export function tallyLine({ passed, failed }: Tally): string {
  return `${String(passed)} passed, ${String(failed)} failed`;
}
