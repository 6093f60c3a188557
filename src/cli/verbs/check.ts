/**
 * `npm run check`: everything that holds without running the program: format, lint, types, the import rule, unused
 * code, generated files. All are run, so that one visit shows all that is wrong; names as arguments choose some.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { checkGenerated } from '../generated.ts';
import { forgetTally, keepTally, tallyLine, type Tally } from '../results.ts';
import { root } from '../root.ts';

/** Whether all is well, and what there is to read about it. */
interface Finding {
  readonly ok: boolean;
  readonly text: string;
}

type Check = () => Promise<Finding>;

/** A tool from `node_modules`, by the path of its program there. */
function tool(program: string, ...args: readonly string[]): Check {
  return () =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [join(root, 'node_modules', program), ...args], { cwd: root });
      const said: Buffer[] = [];
      child.stdout.on('data', (piece: Buffer) => said.push(piece));
      child.stderr.on('data', (piece: Buffer) => said.push(piece));
      child.on('error', reject);
      child.on('close', (code) => resolve({ ok: code === 0, text: Buffer.concat(said).toString('utf8') }));
    });
}

/** The native compiler: a third of the work. */
const typescript = 'typescript7/bin/tsc';

/** In the order in which they begin: the longest first, so that it does not go on alone at the end. */
const checks: Readonly<Record<string, Check>> = {
  lint: tool('eslint/bin/eslint.js', '--max-warnings', '0', '.'),
  'lint-with-types': tool('oxlint/bin/oxlint', '--type-aware', '--deny-warnings', '--report-unused-disable-directives', '--quiet'),
  format: tool('prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'),
  types: tool(typescript, '--project', '.'),
  // These three folders are checked again without the browser's names, so that `document` is an error in them.
  'types-of-math': tool(typescript, '--project', 'src/math'),
  'types-of-data': tool(typescript, '--project', 'src/data'),
  'types-of-engine': tool(typescript, '--project', 'src/engine'),
  imports: tool('dependency-cruiser/bin/dependency-cruise.mjs', '--config', '.dependency-cruiser.cjs', '--output-type', 'err-long', 'src'),
  unused: tool('knip/bin/knip.js', '--no-progress'),
  generated: () => {
    const complaints = checkGenerated();
    return Promise.resolve({ ok: complaints.length === 0, text: complaints.map((complaint) => `${complaint}\n`).join('') });
  },
};

export async function run(args: readonly string[]): Promise<number> {
  forgetTally('check');
  const unknown = args.find((name) => !(name in checks));
  if (unknown !== undefined) {
    process.stderr.write(`There is no check "${unknown}". There are: ${Object.keys(checks).join(', ')}.\n`);
    return 2;
  }
  const wanted = Object.entries(checks).filter(([name]) => args.length === 0 || args.includes(name));
  let tally: Tally = { passed: 0, failed: 0 };
  // two at a time: most of them use one core only
  const waiting = [...wanted];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [name, check] = next;
      const { ok, text } = await check();
      process.stdout.write(`${text}${ok ? 'ok     ' : 'FAILED '} ${name}\n`);
      tally = ok ? { ...tally, passed: tally.passed + 1 } : { ...tally, failed: tally.failed + 1 };
    }
  };
  await Promise.all([worker(), worker()]);
  keepTally('check', tally);
  process.stdout.write(`Checks: ${tallyLine(tally)}\n`);
  return tally.failed === 0 ? 0 : 1;
}
