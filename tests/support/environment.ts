/** A machine that no test runs on, for reports that are made up. */
import type { Environment } from '../../src/session/environment.ts';

export const madeUpEnvironment: Environment = {
  build: '0.1.0',
  host: 'node',
  browser: 'Node v20.19.0, linux x64',
  platform: 'linux x64',
  adapter: { vendor: 'google', architecture: 'swiftshader', description: '', software: true },
  logicalCores: 2,
  crossOriginIsolated: false,
  clockResolutionMs: 0.001,
  readBackFloorMs: 0.1,
  wasm: { simd: true, relaxedSimd: true, threads: true },
  takenAt: '2026-01-31T12:00:00.000Z',
};
