/**
 * The shaders that draw, beside those that compute in `kernel-table.ts`: files, bindings, and the fields of their uniforms,
 * which are vectors and matrices only, so that each begins where the last one ends. A test compares them with the WGSL.
 */
import lossViewCode from '../../../shaders/loss-view.wgsl?raw';
import type { SourceFile } from './kernel-table.ts';

/** Fields of a uniform struct in order, and how many values each holds. */
type VectorFields = Readonly<Record<string, 'vec4f' | 'mat4x4f'>>;

const lengths = { vec4f: 4, mat4x4f: 16 } as const;

export interface RenderEntry {
  readonly source: SourceFile;
  readonly vertex: readonly string[];
  readonly fragment: readonly string[];
  /** By binding number, in group 0. */
  readonly bindings: Readonly<Record<number, 'uniform' | 'read'>>;
  /** Of the uniform at binding 0. */
  readonly fields: VectorFields;
}

export const renderTable = {
  'loss-view': {
    source: { file: 'loss-view.wgsl', code: lossViewCode },
    vertex: ['surfaceVertex', 'strokeVertex'],
    fragment: ['surfaceFragment', 'strokeFragment'],
    bindings: { 0: 'uniform', 1: 'read', 2: 'read' },
    fields: {
      matrix: 'mat4x4f',
      levels: 'mat4x4f',
      window: 'vec4f',
      shape: 'vec4f',
      screen: 'vec4f',
      limits: 'vec4f',
      low: 'vec4f',
      high: 'vec4f',
      contour: 'vec4f',
    },
  },
} as const satisfies Record<string, RenderEntry>;

/** Values of a uniform struct; what a field is not given is 0. @throws RangeError when a field is given more than it holds */
export function vectorWords<Fields extends VectorFields>(
  fields: Fields,
  values: Readonly<Record<keyof Fields, ArrayLike<number>>>,
): Float32Array<ArrayBuffer> {
  const names = Object.keys(fields) as (keyof Fields & string)[];
  const words = new Float32Array(names.reduce((sum, name) => sum + lengths[fields[name] ?? 'vec4f'], 0));
  let at = 0;
  for (const name of names) {
    const length = lengths[fields[name] ?? 'vec4f'];
    if (values[name].length > length) throw new RangeError(`uniform field ${name} holds ${length} values, not ${values[name].length}`);
    words.set(values[name], at);
    at += length;
  }
  return words;
}
