/** The wasm lanes' side of a contract: jobs made from a case's own buffers, and which bindings their answers stand for. */
import type { Optimizer } from '../../../engine/contract.ts';
import type { WasmEngine } from '../../../engine/cpu/wasm/engine.ts';
import { activationJob, copyJob, productJob, slopesJob, updateJob, type Product, type WasmJob } from '../../../engine/cpu/wasm/jobs.ts';
import type { ActivationName } from '../../../math/activations.ts';
import type { Counterpart, GateCase, Values } from './contract.ts';

const none = new Float32Array(0);

function floats(values: Values | undefined): Float32Array<ArrayBuffer> {
  return values instanceof Float32Array ? values : none;
}

/** @param lengths floats of the answer that belong to each binding, in the answer's order */
function counterpart(job: WasmJob, lengths: readonly (readonly [binding: number, length: number])[]): Counterpart {
  return {
    job,
    found: () => {
      const all = job.result();
      let at = 0;
      return new Map(
        lengths.map(([binding, length]) => {
          at += length;
          return [binding, all.slice(at - length, at).buffer];
        }),
      );
    },
  };
}

/** C at binding `to`, row by row. */
export async function productBeside(engine: WasmEngine, product: Product, to: number): Promise<Counterpart> {
  return counterpart(await productJob(engine, product), [[to, product.rows * product.columns]]);
}

/** z at binding 1, a at 2. */
export async function activationBeside(engine: WasmEngine, name: ActivationName, { buffers }: GateCase): Promise<Counterpart> {
  const z = floats(buffers[1]);
  return counterpart(await activationJob(engine, name, z), [[2, z.length]]);
}

/** z at binding 1, a at 2, da and then dz at 3. */
export async function slopesBeside(engine: WasmEngine, name: ActivationName, { buffers }: GateCase): Promise<Counterpart> {
  const z = floats(buffers[1]);
  return counterpart(await slopesJob(engine, name, z, floats(buffers[2]), floats(buffers[3])), [[3, z.length]]);
}

/** Parameters at binding 2, gradient at 3, both moments at 4. */
export async function updateBeside(engine: WasmEngine, optimizer: Optimizer, step: number, { buffers }: GateCase): Promise<Counterpart> {
  const [parameters, gradient, moments] = [floats(buffers[2]), floats(buffers[3]), floats(buffers[4])];
  const count = parameters.length;
  const update = { step, parameters, gradient, moment1: moments.subarray(0, count), moment2: moments.subarray(count) };
  const lengths = [
    [2, count],
    [4, 2 * count],
  ] as const;
  return counterpart(await updateJob(engine, optimizer, update), lengths);
}

/** Words at binding 1, copied to 2. */
export async function copyBeside(engine: WasmEngine, { buffers }: GateCase): Promise<Counterpart> {
  const source = buffers[1] instanceof Uint32Array ? buffers[1] : new Uint32Array(0);
  return counterpart(await copyJob(engine, source), [[2, source.length]]);
}
