/**
 * Proves that the one-way rule is held: for each direction that it forbids, a throwaway tree with one such import is
 * made, and the rule that names it must be broken there. The same for ESLint and names of the browser below `session`.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { cruise, type ICruiseOptions, type ICruiseResult, type IFlattenedRuleSet } from 'dependency-cruiser';
import { ESLint } from 'eslint';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const configuration = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as IFlattenedRuleSet & { options: ICruiseOptions };

const forbidden: readonly (readonly [from: string, to: string, rule: string])[] = [
  ['math/a.ts', 'data/b.ts', 'math-knows-nothing-above-it'],
  ['math/a.ts', 'cli/b.ts', 'math-knows-nothing-above-it'],
  ['data/a.ts', 'engine/b.ts', 'data-knows-nothing-above-it'],
  ['data/sets/a.ts', 'session/b.ts', 'data-knows-nothing-above-it'],
  ['engine/a.ts', 'session/b.ts', 'engine-knows-nothing-above-it'],
  ['engine/gpu/a.ts', 'ui/b.ts', 'engine-knows-nothing-above-it'],
  ['session/a.ts', 'ui/b.ts', 'session-knows-nothing-above-it'],
  ['session/a.ts', 'labs/train/b.ts', 'session-knows-nothing-above-it'],
  ['session/a.ts', 'cli/b.ts', 'session-knows-nothing-above-it'],
  ['engine/cpu/a.ts', 'engine/gpu/b.ts', 'cpu-and-gpu-apart'],
  ['engine/gpu/a.ts', 'engine/cpu/b.ts', 'gpu-and-cpu-apart'],
  ['labs/train/a.ts', 'labs/scale/b.ts', 'labs-apart'],
  ['ui/a.ts', 'session/race.ts', 'page-knows-the-face-of-session'],
  ['labs/train/a.ts', 'session/worker.ts', 'page-knows-the-face-of-session'],
  ['ui/a.ts', 'session/bench/measure.ts', 'page-knows-the-face-of-session'],
  ['ui/a.ts', 'engine/contract.ts', 'page-knows-nothing-below-session'],
  ['labs/train/a.ts', 'data/dataset.ts', 'page-knows-nothing-below-session'],
  ['labs/train/a.ts', 'math/rng.ts', 'page-knows-nothing-below-session'],
  ['ui/a.ts', 'labs/train/b.ts', 'ui-knows-no-lab'],
  ['labs/train/a.ts', 'cli/b.ts', 'labs-know-no-terminal'],
  ['cli/a.ts', 'ui/b.ts', 'terminal-knows-no-page'],
];

const allowed: readonly (readonly [from: string, to: string])[] = [
  ['data/a.ts', 'math/b.ts'],
  ['engine/cpu/a.ts', 'engine/contract.ts'],
  ['session/a.ts', 'engine/gpu/b.ts'],
  ['ui/a.ts', 'session/client.ts'],
  ['ui/a.ts', 'session/bench/client.ts'],
  ['labs/train/a.ts', 'labs/train/b.ts'],
  ['labs/train/a.ts', 'ui/b.ts'],
  ['cli/a.ts', 'session/b.ts'],
];

describe('the import rule', () => {
  let folder = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'downhill-imports-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function write(path: string, text: string): void {
    const full = join(folder, 'src', path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, text);
  }

  /** Names of the rules that a tree breaks in which `from` imports `to`. */
  async function brokenRules(from: string, to: string): Promise<readonly string[]> {
    write(to, 'export const something = 1;\n');
    const path = relative(dirname(from), to);
    write(from, `export * from '${path.startsWith('.') ? path : `./${path}`}';\n`);
    const { options, ...ruleSet } = configuration;
    const { output } = await cruise(['src'], { ...options, ruleSet, validate: true, baseDir: folder });
    return (output as ICruiseResult).summary.violations.map(({ rule }) => rule.name);
  }

  it.each(forbidden)('%s may not import %s', async (from, to, rule) => {
    expect(await brokenRules(from, to)).toEqual([rule]);
  });

  it.each(allowed)('%s may import %s', async (from, to) => {
    expect(await brokenRules(from, to)).toEqual([]);
  });

  it('two files may not import each other', async () => {
    write('math/b.ts', `export * from './a.ts';\n`);
    write('math/a.ts', `export * from './b.ts';\n`);
    const { options, ...ruleSet } = configuration;
    const { output } = await cruise(['src'], { ...options, ruleSet, validate: true, baseDir: folder });
    expect((output as ICruiseResult).summary.violations.map(({ rule }) => rule.name)).toContain('no-circle');
  });
});

describe('lint', () => {
  const lint = new ESLint();

  /** Ids of the rules that a text breaks which stands in a file of that path. */
  async function brokenRules(filePath: string, text: string): Promise<readonly (string | null)[]> {
    const results = await lint.lintText(text, { filePath });
    return results.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId));
  }

  it.each([
    ['src/engine/contract.ts', 'document.title'],
    ['src/engine/contract.ts', 'window.innerWidth'],
    ['src/engine/contract.ts', 'navigator.gpu'],
    ['src/data/dataset.ts', 'document.title'],
    ['src/math/rng.ts', 'navigator.hardwareConcurrency'],
  ])('%s may not say %s', async (path, expression) => {
    expect(await brokenRules(path, `export const found: unknown = ${expression};\n`)).toContain('no-restricted-globals');
  });

  it.each([
    ['Math.random()', 'no-restricted-properties'],
    ['(null as unknown as Element).innerHTML', 'no-restricted-properties'],
  ])('nobody may say %s', async (expression, rule) => {
    expect(await brokenRules('src/session/settings.ts', `export const found: unknown = ${expression};\n`)).toContain(rule);
  });

  it('knows types', { timeout: 120_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'downhill-lint-'));
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: { strict: true, target: 'es2022' } }));
    writeFileSync(
      join(folder, 'a.ts'),
      `async function later(): Promise<void> {}
export function sample(kind: 'a' | 'b', list: number[]): unknown {
  later();
  switch (kind) { case 'a': break; }
  return [list[0]!, {} as any];
}
`,
    );
    const { stdout } = spawnSync(
      process.execPath,
      ['node_modules/oxlint/bin/oxlint', '--type-aware', '--config', '.oxlintrc.json', '--format', 'json', folder],
      { encoding: 'utf8' },
    );
    rmSync(folder, { recursive: true });
    const { diagnostics } = JSON.parse(stdout) as { readonly diagnostics: readonly { readonly code: string }[] };
    expect(diagnostics.map(({ code }) => code)).toEqual(
      expect.arrayContaining([
        'typescript(no-floating-promises)',
        'typescript(switch-exhaustiveness-check)',
        'typescript(no-non-null-assertion)',
        'typescript(no-explicit-any)',
      ]),
    );
  });
});
