/** The last line of `.ci/run`: what `npm test` and `npm run check` counted, added up. */
import { forgetTally, recallTally, tallyLine, type Tally } from '../results.ts';

const names = ['test', 'check'] as const;

/** `tally --forget` clears what an earlier run left. */
export function run(args: readonly string[]): Promise<number> {
  if (args.includes('--forget')) {
    names.forEach(forgetTally);
    return Promise.resolve(0);
  }
  const sum = names
    .map(recallTally)
    .reduce<Tally>((all, one) => ({ passed: all.passed + one.passed, failed: all.failed + one.failed }), { passed: 0, failed: 0 });
  process.stdout.write(`${tallyLine(sum)}\n`);
  return Promise.resolve(sum.failed === 0 && sum.passed > 0 ? 0 : 1);
}
