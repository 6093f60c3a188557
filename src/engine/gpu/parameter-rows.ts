/** Rows of parameters in and out of the places where a plan keeps them, so that every lane sees the same row. */
import type { Scaling } from '../../data/dataset.ts';
import type { LayerLayout, ParameterLayout } from '../layout.ts';
import type { LayerPlace, ParameterPlace } from './plans/plan.ts';
import { pick } from './plans/forward.ts';
import type { Piece, ReadBack } from './read-back.ts';

interface Row {
  readonly from: number;
  readonly count: number;
  readonly index: number;
}

/** The pieces in which a layer's weights lie, in floats; `index` counts from its first weight. */
function rowsOf({ units, inputs }: LayerLayout, { weightsAt, rowLength = inputs }: LayerPlace): readonly Row[] {
  if (rowLength === inputs) return [{ from: weightsAt, count: units * inputs, index: 0 }];
  return Array.from({ length: units }, (_, unit) => ({ from: weightsAt + unit * rowLength, count: inputs, index: unit * inputs }));
}

/** Reads a place; the row is laid out as `parameterLayout` says. */
export async function readRow(readBack: ReadBack, layout: ParameterLayout, place: ParameterPlace): Promise<Float32Array<ArrayBuffer>> {
  const pieces: Piece[] = layout.layers.flatMap((layer, index) => {
    const at = pick(place.layers, index);
    return [
      ...rowsOf(layer, at).map(({ from, count }) => ({ buffer: place.buffer, offsetBytes: from * 4, sizeBytes: count * 4 })),
      { buffer: place.buffer, offsetBytes: at.biasesAt * 4, sizeBytes: layer.units * 4 },
    ];
  });
  return new Float32Array(await readBack.read(pieces));
}

/** Writes a row to a place. */
export function writeRow(device: GPUDevice, layout: ParameterLayout, place: ParameterPlace, row: ArrayLike<number>): void {
  const values = Float32Array.from(row);
  for (const [index, layer] of layout.layers.entries()) {
    const at = pick(place.layers, index);
    for (const { from, count, index: first } of rowsOf(layer, at)) {
      device.queue.writeBuffer(place.buffer, from * 4, values, layer.weights + first, count);
    }
    device.queue.writeBuffer(place.buffer, at.biasesAt * 4, values, layer.biases, layer.units);
  }
}

/** The row with the first layer's scaling inside: W∘s, b + W·t (see `shaders/fold.wgsl`). */
export function foldedRow(layout: ParameterLayout, row: ArrayLike<number>, scaling: Scaling): Float32Array<ArrayBuffer> {
  const folded = Float32Array.from(row);
  const first = pick(layout.layers, 0);
  for (let o = 0; o < first.units; o++) {
    let shift = 0;
    for (let k = 0; k < first.inputs; k++) {
      const index = first.weights + o * first.inputs + k;
      const weight = row[index] ?? 0;
      folded[index] = weight * (scaling.scale[k] ?? 1);
      shift += weight * (scaling.shift[k] ?? 0);
    }
    folded[first.biases + o] = (row[first.biases + o] ?? 0) + shift;
  }
  return folded;
}
