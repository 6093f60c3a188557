/**
 * Mutants of every kernel against the gate. A few of the cheap ones here; all of them, by rule, with
 * `DOWNHILL_MUTANTS=all npx vitest run --project kernels tests/kernels/mutants.test.ts`, which writes MUTANTS.md beside this.
 */
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Ledger } from '../../src/engine/gpu/arena.ts';
import { contracts, contractsFor, shaderFiles } from '../../src/session/kernels/gate/table.ts';
import { passGate } from '../../src/session/kernels/gate-run.ts';
import { closeTestDevices, createTestDevice } from '../support/dawn.ts';
import { mutantsOf, type Mutant } from '../support/mutants.ts';
import { raceOf, reasonFor } from '../support/equivalent-mutants.ts';

const isWhole = process.env['DOWNHILL_MUTANTS'] === 'all';
const mostOfRule = isWhole ? 2 : 1;
/** Quick to compile, and of every kind. */
const sampled = [
  'matmul.wgsl',
  'activation.wgsl',
  'penalty.wgsl',
  'gather.wgsl',
  'two-pass-gradient-blocks.wgsl',
  'fold.wgsl',
  'lib/rng.wgsl',
];

let device: GPUDevice;
beforeAll(async () => {
  device = await createTestDevice();
});
afterAll(closeTestDevices);

function sourceOf(file: string): string {
  for (const { files } of contracts) for (const one of files) if (one.file === file) return one.code;
  return '';
}

interface Outcome {
  readonly mutant: Mutant;
  readonly found: Awaited<ReturnType<typeof passGate>>;
}

async function outcomeOf(mutant: Mutant): Promise<Outcome> {
  const options = { device, ledger: new Ledger(), edit: { file: mutant.file, text: mutant.text }, chosen: {}, seed: 1 };
  return { mutant, found: await passGate(contractsFor(mutant.file), options) };
}

function rowOf({ mutant, found }: Outcome): string {
  const { file, line, rule, before, after } = mutant;
  const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;
  return `| ${file}:${line} | ${rule} | ${code(before)} → ${code(after)} | ${found.kind === 'right' ? (reasonFor(mutant) ?? raceOf(mutant) ?? 'NO REASON KNOWN') : found.kind} |`;
}

function reportOf(outcomes: readonly Outcome[]): string {
  const survivors = outcomes.filter(({ found }) => found.kind === 'right');
  const unexplained = survivors.filter(({ mutant }) => reasonFor(mutant) === null);
  const count = (kind: string): number => outcomes.filter(({ found }) => found.kind === kind).length;
  const real = outcomes.length - survivors.length + unexplained.length;
  return [
    '# Mutants of the kernels against the gate',
    '',
    'Written by `DOWNHILL_MUTANTS=all npx vitest run --project kernels tests/kernels/mutants.test.ts`: at most two of each rule a',
    'file, spread over it. Mutants that the compiler refuses are left out.',
    '',
    `${outcomes.length} mutants that compile: ${count('wrong')} wrong, ${count('endless')} without end, ${count('refused')} refused; ` +
      `${survivors.length} survive, ${survivors.length - unexplained.length} of them equivalent. ` +
      `Caught of those that are not equivalent: ${(((real - unexplained.length) / real) * 100).toFixed(1)} %; ` +
      `of all: ${(((outcomes.length - survivors.length) / outcomes.length) * 100).toFixed(1)} %.`,
    '',
    '## Survivors',
    '',
    '| where | rule | change | why nothing shows |',
    '| --- | --- | --- | --- |',
    ...survivors.map(rowOf),
    '',
    '## Caught',
    '',
    '| where | rule | change | how |',
    '| --- | --- | --- | --- |',
    ...outcomes.filter(({ found }) => found.kind !== 'right').map(rowOf),
    '',
  ].join('\n');
}

it(
  'mutants are caught, or known to be equivalent',
  async () => {
    const outcomes: Outcome[] = [];
    for (const file of isWhole ? shaderFiles : sampled) {
      for (const mutant of mutantsOf(file, sourceOf(file), mostOfRule)) {
        const outcome = await outcomeOf(mutant);
        if (outcome.found.kind !== 'not-compiled') outcomes.push(outcome);
      }
      if (isWhole) writeFileSync(new URL('./MUTANTS.md', import.meta.url), reportOf(outcomes));
    }
    const unexplained = outcomes.filter(
      ({ found, mutant }) => found.kind === 'right' && reasonFor(mutant) === null && raceOf(mutant) === null,
    );
    expect(outcomes.length).toBeGreaterThanOrEqual(isWhole ? 60 : 20);
    expect(unexplained.map(rowOf)).toEqual([]);
  },
  isWhole ? 3_600_000 : 60_000,
);
