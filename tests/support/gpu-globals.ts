/** Set-up of the unit and kernel tests: WebGPU's global constants exist before anything of `engine/gpu` is imported. */
import { installGpuGlobals } from '../../src/cli/node-gpu.ts';

await installGpuGlobals();
