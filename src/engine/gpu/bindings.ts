/** The ways in which a kernel is given something, and what a pipeline is told of them. */

/** A uniform, a buffer that is read or written, or a texture that is read texel by texel. */
export type BindingKind = 'uniform' | 'read' | 'write' | 'texels-uint' | 'texels-float';

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
