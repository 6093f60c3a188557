/** The kernel table against the WGSL itself: bindings, access and uniform fields, as `webgpu-utils` reads them there. */
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeShaderDataDefinitions, type StructDefinition } from 'webgpu-utils';
import {
  kernelTable,
  lossCodes,
  activationCodes,
  optimizerCodes,
  type KernelEntry,
  type KernelName,
} from '../../src/engine/gpu/kernel-table.ts';
import { KernelLibrary } from '../../src/engine/gpu/kernels.ts';
import { renderTable, type RenderEntry } from '../../src/engine/gpu/render-table.ts';
import { closeTestDevices, createTestDevice } from '../support/dawn.ts';

let device: GPUDevice;
beforeAll(async () => {
  device = await createTestDevice();
});
afterAll(closeTestDevices);

const names = Object.keys(kernelTable) as KernelName[];
const codeOf = (entry: KernelEntry): string => [...entry.libraries, entry.source].map((file) => file.code).join('\n');

describe.each(names)('%s', (name) => {
  const entry: KernelEntry = kernelTable[name];
  const definitions = makeShaderDataDefinitions(codeOf(entry));

  it('has the uniform fields of its structs, four bytes each', () => {
    for (const [binding, fields] of Object.entries(entry.uniforms)) {
      const uniform = Object.values(definitions.uniforms).find((one) => one.binding === Number(binding));
      if (!uniform) throw new Error(`no uniform at binding ${binding}`);
      const struct = uniform.typeDefinition as StructDefinition;
      const found = Object.entries(struct.fields).map(([field, { offset, type: own }]) => [field, offset, 'type' in own ? own.type : '']);
      expect(found).toEqual(Object.entries(fields).map(([field, kind], index) => [field, index * 4, kind]));
    }
  });

  it.each(Object.keys(entry.entryPoints))('entry point %s compiles with the bindings that the table names', async (entryPoint) => {
    const kernel = await new KernelLibrary(device).get(name, entryPoint);
    const used = definitions.entryPoints[entryPoint]?.resources.map((resource) => resource.entry.binding) ?? [];
    expect(Object.keys(kernel.bindings).map(Number)).toEqual([...new Set(used)].sort((a, b) => a - b));
  });
});

describe.each(Object.entries<RenderEntry>(renderTable))('%s, which draws', (_name, { source, vertex, fragment, bindings, fields }) => {
  const definitions = makeShaderDataDefinitions(source.code);

  it('has the uniform fields of its struct, one after the other', () => {
    const uniform = Object.values(definitions.uniforms)[0];
    const struct = uniform?.typeDefinition as StructDefinition;
    const found = Object.entries(struct.fields).map(([field, { offset, type }]) => [field, offset, 'type' in type ? type.type : '']);
    let end = 0;
    const expected = Object.entries(fields).map(([field, kind]) => {
      const offset = end;
      end += kind === 'vec4f' ? 16 : 64;
      return [field, offset, kind];
    });
    expect(found).toEqual(expected);
    expect(struct.size).toBe(end);
  });

  it('binds what the table names, from entry points that are there', () => {
    const used = [...vertex, ...fragment].flatMap(
      (entryPoint) => definitions.entryPoints[entryPoint]?.resources.map((resource) => resource.entry.binding) ?? [],
    );
    expect(Object.keys(bindings).map(Number)).toEqual([...new Set(used)].sort((a, b) => a - b));
    for (const entryPoint of vertex) expect(definitions.entryPoints[entryPoint]?.stage).toBe(GPUShaderStage.VERTEX);
    for (const entryPoint of fragment) expect(definitions.entryPoints[entryPoint]?.stage).toBe(GPUShaderStage.FRAGMENT);
  });
});

it('names every file in shaders/', () => {
  const files = new Set([
    ...names.flatMap((name) => [...kernelTable[name].libraries, kernelTable[name].source].map((file) => file.file)),
    ...Object.values(renderTable).map(({ source }) => source.file),
  ]);
  const found = readdirSync(new URL('../../shaders', import.meta.url), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.wgsl'),
  );
  expect([...files].sort()).toEqual(found.map((file) => file.replaceAll('\\', '/')).sort());
});

it('knows activations, losses and optimisers by the numbers that the WGSL gives them', () => {
  const lines = names.flatMap((name) => codeOf(kernelTable[name]).split('\n'));
  const constant = (constantName: string): number =>
    Number(/= (\d+)u;/.exec(lines.find((line) => line.startsWith(`const ${constantName} `)) ?? '')?.[1]);
  const pascal = (text: string): string => text.replaceAll(/(^|[-/])(\w)/g, (_, _separator, letter: string) => letter.toUpperCase());
  for (const [name, code] of Object.entries(activationCodes)) expect(constant(`activation${pascal(name)}`), name).toBe(code);
  for (const [name, code] of Object.entries(lossCodes)) expect(constant(`loss${pascal(name)}`), name).toBe(code);
  for (const [name, code] of Object.entries(optimizerCodes)) expect(constant(`optimizer${pascal(name)}`), name).toBe(code);
});

it('tells a compile error with file, line and source', async () => {
  device.pushErrorScope('validation');
  const library = new KernelLibrary({
    ...devicePart(device),
    createShaderModule: (descriptor: GPUShaderModuleDescriptor) =>
      device.createShaderModule({ ...descriptor, code: descriptor.code.replace('sum += part;', 'sum += prat;') }),
  } as unknown as GPUDevice);
  const lines = kernelTable['matmul/float32'].source.code.split('\n');
  const line = lines.findIndex((text) => text.includes('sum += part;')) + 1;
  await expect(library.get('matmul/float32', 'main')).rejects.toThrow(
    new RegExp(`^shaders/matmul\\.wgsl:${line}:\\d+: unresolved value 'prat'\\n +sum \\+= part;$`),
  );
  await device.popErrorScope();
});

function devicePart(whole: GPUDevice): Partial<GPUDevice> {
  return {
    lost: whole.lost,
    createBindGroupLayout: (descriptor) => whole.createBindGroupLayout(descriptor),
    createPipelineLayout: (descriptor) => whole.createPipelineLayout(descriptor),
    createComputePipelineAsync: (descriptor) => whole.createComputePipelineAsync(descriptor),
  };
}
