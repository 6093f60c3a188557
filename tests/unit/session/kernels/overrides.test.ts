/** Defaults of overrides that a reader has changed in the text. */
import { expect, it } from 'vitest';
import { contractsOfFile } from '../../../../src/session/kernels/catalogue.ts';
import { changedOverrides } from '../../../../src/session/kernels/overrides.ts';

const builtIn = 'override workgroupSize = 64u; // override lanes = 2u;\noverride share: f32 = 0.5;\noverride flag = true;\n';

it('finds those with another default, and no others', () => {
  expect(changedOverrides(builtIn, builtIn)).toEqual({});
  expect(changedOverrides(builtIn.replace('64u', '999u'), builtIn)).toEqual({ workgroupSize: 999 });
  expect(changedOverrides(builtIn.replace('64u', '0x20u').replace('0.5', '2.5e-1f'), builtIn)).toEqual({ workgroupSize: 32, share: 0.25 });
  expect(changedOverrides('override workgroupSize: u32;\noverride own = 3u;\noverride', builtIn)).toEqual({});
});

it('finds none in a file of the tree as it is', () => {
  for (const { file, code } of contractsOfFile('one-pass.wgsl')[0]?.files ?? []) expect(changedOverrides(code, code), file).toEqual({});
});
