/** Before the end-to-end tests: builds the app if need be and serves it as `npm start` does, on any free port. */
import type { TestProject } from 'vitest/node';
import { ensureBuilt } from '../../../src/cli/build.ts';
import { distFolder } from '../../../src/cli/root.ts';
import { serve } from '../../../src/cli/server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly appUrl: string;
  }
}

/** @returns what ends the server after the last test */
export default async function serveApp(project: TestProject): Promise<() => Promise<void>> {
  await ensureBuilt();
  const server = await serve(distFolder, { port: 0 });
  project.provide('appUrl', server.url);
  return server.close;
}
