/** `npm start`: builds if need be, serves the built app until Ctrl-C, prints its address and opens it. */
import { parseArgs } from 'node:util';
import { ensureBuilt } from '../build.ts';
import { openPage } from '../open-page.ts';
import { distFolder } from '../root.ts';
import { PortTakenError, serve } from '../server.ts';

const usage = 'npm start -- [--port PORT] [--no-open]';

interface StartOptions {
  readonly port: number | undefined;
  readonly open: boolean;
}

/** @returns the options, or a sentence about the one that is unusable */
function readOptions(args: readonly string[]): StartOptions | string {
  try {
    const { values } = parseArgs({ args: [...args], options: { port: { type: 'string' }, 'no-open': { type: 'boolean' } } });
    const port = values.port === undefined ? undefined : Number(values.port);
    if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65535))
      return `--port ${values.port ?? ''}: a port is a whole number up to 65535.`;
    return { port, open: values['no-open'] !== true };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Resolves at Ctrl-C, or when the process is asked to end. */
function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => {
        resolve();
      });
  });
}

export async function run(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (typeof options === 'string') {
    process.stderr.write(`${options}\nUsage: ${usage}\n`);
    return 2;
  }
  await ensureBuilt();
  try {
    const server = await serve(distFolder, { port: options.port });
    process.stdout.write(`Downhill is at ${server.url}\nCtrl-C ends it.\n`);
    if (options.open) openPage(server.url);
    await untilInterrupted();
    await server.close();
    return 0;
  } catch (error) {
    if (!(error instanceof PortTakenError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}
