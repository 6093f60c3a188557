/** The ways in which a kernel is given something, and what a pipeline is told of them. */

/** A uniform, a buffer that is read or written, or a texture that is read texel by texel. */
export type BindingKind = 'uniform' | 'read' | 'write' | 'texels-uint' | 'texels-float';

/** By binding number, in group 0. */
export type Bindings = Readonly<Record<number, BindingKind>>;
/** Fields of a uniform struct in order; each takes four bytes. */
export type Fields = Readonly<Record<string, 'u32' | 'f32'>>;

/** What a pipeline is told of a binding. @param visibility of which stages, as `GPUShaderStage` counts them */
export function layoutEntry(binding: number, kind: BindingKind, visibility: number): GPUBindGroupLayoutEntry {
  switch (kind) {
    case 'uniform':
      return { binding, visibility, buffer: { type: 'uniform' } };
    case 'read':
      return { binding, visibility, buffer: { type: 'read-only-storage' } };
    case 'write':
      return { binding, visibility, buffer: { type: 'storage' } };
    case 'texels-uint':
      return { binding, visibility, texture: { sampleType: 'uint' } };
    case 'texels-float':
      return { binding, visibility, texture: { sampleType: 'unfilterable-float' } };
  }
}

/** Values of a uniform struct as words. @throws RangeError when a field has no value */
export function uniformWords(fields: Fields, values: Readonly<Record<string, number>>): ArrayBuffer {
  const names = Object.keys(fields);
  const words = new DataView(new ArrayBuffer(names.length * 4));
  for (const [index, name] of names.entries()) {
    const value = values[name];
    if (value === undefined) throw new RangeError(`uniform field ${name} has no value`);
    if (fields[name] === 'u32') words.setUint32(index * 4, value, true);
    else words.setFloat32(index * 4, value, true);
  }
  return words.buffer;
}
