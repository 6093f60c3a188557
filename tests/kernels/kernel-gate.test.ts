/** The gate of the Kernels lab: every file of `shaders/` passes its own. */
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Ledger } from '../../src/engine/gpu/arena.ts';
import { contracts, contractsFor, shaderFiles } from '../../src/session/kernels/gate/table.ts';
import { passGate } from '../../src/session/kernels/gate-run.ts';
import { closeTestDevices, createTestDevice } from '../support/dawn.ts';

let device: GPUDevice;
const ledger = new Ledger();
beforeAll(async () => {
  device = await createTestDevice();
});
afterAll(closeTestDevices);

it('every file of shaders/ is in the table', () => {
  const files = (readdirSync('shaders', { recursive: true }) as string[]).filter((file) => file.endsWith('.wgsl'));
  expect([...shaderFiles].sort()).toEqual(files.sort());
});

/** Slow to compile on a software GPU, and the same files as with float32: looked at only with `DOWNHILL_MUTANTS=all`. */
const slow = /^(tiny|one-pass|one-pass-outputs|two-pass-gradient|matmul-tiled|matmul-tiled-wide)[/]uint8/;
const looked = contracts.filter(({ id }) => process.env['DOWNHILL_MUTANTS'] === 'all' || !slow.test(id));

it.each(looked.map(({ id }) => id))('%s passes its gate', async (id) => {
  const options = { device, ledger, edit: null, chosen: {}, seed: 1 };
  const found = await passGate(
    contracts.filter((contract) => contract.id === id),
    options,
  );
  expect(found).toMatchObject({ kind: 'right' });
});

/** At the shape that is timed first; the others, and what takes long to compile, on request. */
const timed = looked.filter(
  ({ id }) => process.env['DOWNHILL_MUTANTS'] === 'all' || /^(update|copy|activation|fold|gather|penalty|loss-view)/.test(id),
);

it.each(timed.map(({ id }) => id))('%s is right at what is timed', async (id) => {
  const own = contracts
    .filter((contract) => contract.id === id)
    .map((contract) => ({
      ...contract,
      trials: (process.env['DOWNHILL_MUTANTS'] === 'all' ? contract.timed : contract.timed.slice(0, 1)).map((shape) => ({ shape })),
    }));
  expect(await passGate(own, { device, ledger, edit: null, chosen: {}, seed: 1 })).toMatchObject({ kind: 'right' });
});

it('frees all that it took', () => {
  expect([ledger.buffers, ledger.bytes]).toEqual([0, 0]);
  expect(contractsFor('lib/losses.wgsl').length).toBeGreaterThan(2);
});
