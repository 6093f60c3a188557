/**
 * `downhill-bench.mjs`: `bench --host node` for a machine without this repository. It needs Node, the package `webgpu`, a
 * Vulkan driver and the files that `npm run build:bench` puts beside it.
 */
import { Command, CommanderError } from 'commander';
import { addBenchOptions, readBenchCommand, type RawBenchOptions } from './bench-arguments.ts';
import { runBenchCommand } from './bench-command.ts';
import { benchInNode } from './hosts/bench-node.ts';
import { UsageError } from './usage-error.ts';

async function main(args: readonly string[]): Promise<number> {
  const program = addBenchOptions(new Command('downhill-bench'), { onlyHost: 'node' });
  program.description('measure the engines of Downhill on a suite of workloads').exitOverride();
  let exitCode = 0;
  program.action(async (raw: RawBenchOptions) => {
    exitCode = await runBenchCommand(readBenchCommand(raw), (command, onProgress) => benchInNode(command, onProgress, import.meta.dirname));
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

// Not at once: in one file the modules that are imported late stand below this line, and they have to run first.
setImmediate(() => {
  void main(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
  });
});
