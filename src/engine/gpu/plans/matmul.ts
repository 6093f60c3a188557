/** Any of the matmuls of a net as a dispatch, by the kernel that suits its shape and the processor. */
import type { Dispatch, DispatchMaker } from '../dispatch.ts';
import { groupsFor } from '../dispatch.ts';
import type { MatmulTiles } from '../tuning.ts';

export interface MatmulValues {
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
  readonly depthPerSplit: number;
  readonly rowStrideP: number;
  readonly depthStrideP: number;
  readonly offsetP: number;
  readonly depthStrideQ: number;
  readonly columnStrideQ: number;
  readonly offsetQ: number;
  readonly rowStrideC: number;
  readonly columnStrideC: number;
  readonly offsetBias: number;
  readonly hasBias: number;
}

export interface MatmulRequest {
  readonly segment: Dispatch['segment'];
  readonly storage: 'uint8' | 'float32';
  readonly values: MatmulValues;
  readonly p: GPUBuffer;
  readonly q: GPUBuffer;
  readonly bias: GPUBuffer | null;
  readonly c: GPUBuffer;
}

/** Outputs that a workgroup of the kernels with workgroup memory makes. */
const tiles = { tiled: { rows: 32, columns: 32 }, 'tiled-wide': { rows: 64, columns: 32 } } as const;
/** Outputs that a thread of the kernel without it makes. */
const threadTile = { rows: 8, columns: 4 } as const;
const workgroupSize = 64;

/** Tiles where both sides fill a good part of one; one output a thread otherwise. */
export function usesTiles({ rows, columns }: { readonly rows: number; readonly columns: number }): boolean {
  return Math.min(rows, columns) >= 8 && Math.max(rows, columns) >= 16;
}

export function matmulDispatch(maker: DispatchMaker, request: MatmulRequest): Promise<Dispatch> {
  const { values, segment, storage } = request;
  const { rows, columns } = values;
  const splits = Math.ceil(values.depth / values.depthPerSplit);
  const bindings = { 0: { ...values }, 1: request.p, 2: request.q, 3: request.bias ?? request.q, 4: request.c };
  const common = { entryPoint: 'main', segment, bindings } as const;
  const kind = kindOf(maker, request);
  switch (kind) {
    case 'plain': {
      const [x, y] = groupsFor(rows * columns, workgroupSize);
      return maker.make({ ...common, kernel: `matmul/${storage}`, groups: [x, y, splits] });
    }
    case 'tiled':
    case 'tiled-wide': {
      const tile = tiles[kind];
      return maker.make({
        ...common,
        kernel: `matmul-${kind}/${storage}`,
        groups: [Math.ceil(columns / tile.columns), Math.ceil(rows / tile.rows), splits],
      });
    }
    case 'register':
    case 'quad': {
      const [x, y] = groupsFor(Math.ceil(rows / threadTile.rows) * Math.ceil(columns / threadTile.columns), workgroupSize);
      return maker.make({
        ...common,
        kernel: kind === 'quad' ? 'matmul-register/float32-quad' : `matmul-register/${storage}`,
        constants: { depthAdjoins: values.depthStrideP === 1 ? 1 : 0 },
        groups: [x, y, splits],
      });
    }
  }
}

/** The tiles that are taken where none were asked for. */
export function untunedTiles(software: boolean, subgroups: boolean): MatmulTiles {
  if (!software) return 'tiled';
  return subgroups ? 'quad' : 'register';
}

/** The kernel that was asked for, where it can compute this product; the next one down otherwise. */
function kindOf(maker: DispatchMaker, { values, storage }: MatmulRequest): MatmulTiles | 'plain' {
  if (!usesTiles(values)) return 'plain';
  const { subgroups } = maker;
  const wanted = maker.matmul ?? untunedTiles(maker.software, subgroups);
  if (wanted === 'tiled' || wanted === 'tiled-wide') return wanted;
  if (!readsFours(values, storage)) return 'plain';
  // four threads share their rows only where a row of tiles is made of whole quads; bytes come four a word anyway
  const quads = Math.ceil(values.columns / threadTile.columns) % 4 === 0;
  return wanted === 'quad' && subgroups && quads && storage === 'float32' ? 'quad' : 'register';
}

/** P lies side by side along its depth or along its rows, and bytes begin at whole words. */
function readsFours(values: MatmulValues, storage: 'uint8' | 'float32'): boolean {
  const { depthStrideP, rowStrideP, offsetP, depthPerSplit, depth } = values;
  if (depthStrideP !== 1 && rowStrideP !== 1) return false;
  const far = depthStrideP === 1 ? rowStrideP : depthStrideP;
  const splitsAtWords = depthStrideP !== 1 || depthPerSplit >= depth || depthPerSplit % 4 === 0;
  return storage === 'float32' || (far % 4 === 0 && offsetP % 4 === 0 && splitsAtWords);
}
