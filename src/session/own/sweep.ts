/** A sensible sweep over m on an opened file. */
import { defaultSweeps, modelUnfit, type SweepSettings } from '../sweep/settings.ts';
import { ownSettings, type OwnFacts } from './facts.ts';

/** A default sweep goes no further, however large the file. */
const mostExamples = 20_000;

export function ownSweep(facts: OwnFacts): SweepSettings {
  const { own, m, normalization, testShare } = ownSettings(facts);
  const available = facts.mTest === null ? Math.round(facts.m * (1 - testShare)) : facts.m;
  const mTo = Math.max(11, Math.min(available, mostExamples, Math.max(m, 1000)));
  const base = { ...defaultSweeps.own, own, normalization, mTo, mFrom: Math.max(10, Math.min(50, Math.floor(mTo / 4))) };
  const models = ['svm', ...base.models].filter((model) => modelUnfit(model, base) === null);
  return { ...base, models };
}
