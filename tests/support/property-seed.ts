/**
 * Set-up of the unit tests: property tests draw the same cases in every run, so that a red run can be repeated as it was.
 * PROPERTY_SEED and PROPERTY_RUNS draw others, and more of them.
 */
import fc from 'fast-check';

const { PROPERTY_SEED: seed, PROPERTY_RUNS: runs } = process.env;

fc.configureGlobal({ seed: seed === undefined ? 20261124 : Number(seed), ...(runs === undefined ? {} : { numRuns: Number(runs) }) });
