/** The peers' lanes by name. Their packages are loaded when a lane is first prepared: one that fails to load fails its own rows. */
import type { BenchLane } from '../../src/session/bench/workload.ts';

type Backend = 'webgpu' | 'wasm';

function late(name: string, backend: Backend, load: () => Promise<BenchLane>): BenchLane {
  return {
    name,
    kind: backend === 'wasm' ? 'cpu' : 'gpu',
    peer: true,
    prepare: async (workload, input) => (await load()).prepare(workload, input),
  };
}

const tfjs = (backend: Backend): BenchLane =>
  late(`tfjs-${backend}`, backend, async () => (await import('./tfjs-lane.ts')).tfjsLane(backend));
const jax = (backend: Backend): BenchLane => late(`jax-${backend}`, backend, async () => (await import('./jax-lane.ts')).jaxLane(backend));

export const peerLanes: readonly BenchLane[] = [tfjs('webgpu'), tfjs('wasm'), jax('webgpu'), jax('wasm')];
