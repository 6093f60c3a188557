/** The ways in which this GPU could compute a problem: plans with their tile sizes, for a tuner to choose from. */
import type { GpuPlanName, Problem } from '../contract.ts';
import { kernelTable, type KernelEntry } from './kernel-table.ts';
import { filesOf, type Edits } from './kernels.ts';
import { hasOneOutput } from './plans/one-output.ts';
import { onePassFits } from './plans/one-pass.ts';
import { tinyFits } from './plans/tiny.ts';
import { untunedTiles } from './plans/matmul.ts';
import type { Candidate, MatmulTiles } from './tuning.ts';

/**
 * Every candidate that fits: first the plan that is taken untuned, with the sizes that it gives itself, then others.
 * @param untuned that plan
 */
export function candidatesFor(problem: Problem, untuned: GpuPlanName, software: boolean, subgroups: boolean): readonly Candidate[] {
  const candidates: Candidate[] = [{ plan: untuned, tuning: {} }];
  if (tinyFits(problem) && untuned !== 'tiny') candidates.push({ plan: 'tiny', tuning: {} });
  if (hasOneOutput(problem)) {
    // untuned, a software GPU has a thread for each output
    const lanes = software ? (untuned === 'two-pass' ? [4] : [1, 4]) : [1, 8, 64];
    for (const count of lanes) candidates.push({ plan: 'two-pass', tuning: { lanes: count } });
  }
  // a software GPU does without its barriers, or takes seconds to compile it for several outputs and is the slowest by far
  const onePass = onePassFits(problem) && !(software && (problem.model.outputs > 1 || untuned === 'one-pass'));
  if (onePass) for (const groups of software ? [8] : [128, 512]) candidates.push({ plan: 'one-pass', tuning: { groups } });
  const hasTiles = problem.model.hidden.length > 0 || problem.model.outputs >= 8;
  // the largest of them takes a software GPU seconds to compile, and its barriers are dear there
  const matmuls: readonly MatmulTiles[] = [
    ...(subgroups ? (['quad'] as const) : []),
    'register',
    'tiled',
    ...(software ? [] : (['tiled-wide'] as const)),
  ];
  const taken = untuned === 'layered' ? untunedTiles(software, subgroups) : null;
  if (hasTiles) for (const matmul of matmuls) if (matmul !== taken) candidates.push({ plan: 'layered', tuning: { matmul } });
  if (!hasTiles && untuned !== 'layered') candidates.push({ plan: 'layered', tuning: {} });
  return candidates;
}

/** A number that changes whenever any kernel's text does, be it by an edit. */
export function shaderHash(edits: Edits = {}, table: Readonly<Record<string, KernelEntry>> = kernelTable): string {
  return textHash(Object.entries(table).flatMap(([name, entry]) => [name, ...filesOf(entry, edits).map(({ code }) => code)]));
}

/** FNV-1a over texts, one behind the other: eight hexadecimal digits. */
export function textHash(texts: readonly string[]): string {
  let hash = 0x811c9dc5;
  for (const text of texts) for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
