/**
 * Holds the relaxed binary against the plain one, under `--experimental-wasm-relaxed-simd`, which Node 20 needs: the same
 * training run on both, costs and parameters side by side. Prints one line of JSON.
 */
import { runnerImport } from 'vite';

const { module } = await runnerImport('tests/support/relaxed-run.ts', { configFile: false, logLevel: 'warn' });
process.stdout.write(`${JSON.stringify(await module.run())}\n`);
process.exit(0);
