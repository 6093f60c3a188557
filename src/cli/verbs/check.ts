/**
 * `npm run check`: everything that holds without running the program: format, lint, types, the import rule, unused
 * code, generated files. All are run, so that one visit shows all that is wrong; names as arguments choose some.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { checkGenerated } from '../generated.ts';
import { forgetTally, keepTally, tallyLine, type Tally } from '../results.ts';
import { root } from '../root.ts';

/** @returns true when all is well; what is wrong has been printed */
type Check = () => boolean;

/** A tool from `node_modules`, by the path of its program there. */
function tool(program: string, ...args: readonly string[]): Check {
  return () => {
    const { status } = spawnSync(process.execPath, [join(root, 'node_modules', program), ...args], { stdio: 'inherit', cwd: root });
    return status === 0;
  };
}

const typescript = 'typescript/bin/tsc';

const checks: Readonly<Record<string, Check>> = {
  format: tool('prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'),
  lint: tool('eslint/bin/eslint.js', '--max-warnings', '0', '.'),
  types: tool(typescript, '--project', '.'),
  // These three folders are checked again without the browser's names, so that `document` is an error in them.
  'types-of-math': tool(typescript, '--project', 'src/math'),
  'types-of-data': tool(typescript, '--project', 'src/data'),
  'types-of-engine': tool(typescript, '--project', 'src/engine'),
  imports: tool('dependency-cruiser/bin/dependency-cruise.mjs', '--config', '.dependency-cruiser.cjs', '--output-type', 'err-long', 'src'),
  unused: tool('knip/bin/knip.js', '--no-progress'),
  generated: () => {
    const complaints = checkGenerated();
    for (const complaint of complaints) process.stdout.write(`${complaint}\n`);
    return complaints.length === 0;
  },
};

export async function run(args: readonly string[]): Promise<number> {
  forgetTally('check');
  const unknown = args.find((name) => !(name in checks));
  if (unknown !== undefined) {
    process.stderr.write(`There is no check "${unknown}". There are: ${Object.keys(checks).join(', ')}.\n`);
    return 2;
  }
  let tally: Tally = { passed: 0, failed: 0 };
  for (const [name, check] of Object.entries(checks)) {
    if (args.length > 0 && !args.includes(name)) continue;
    const ok = check();
    process.stdout.write(`${ok ? 'ok     ' : 'FAILED '} ${name}\n`);
    tally = ok ? { ...tally, passed: tally.passed + 1 } : { ...tally, failed: tally.failed + 1 };
  }
  keepTally('check', tally);
  process.stdout.write(`Checks: ${tallyLine(tally)}\n`);
  return tally.failed === 0 ? 0 : 1;
}
