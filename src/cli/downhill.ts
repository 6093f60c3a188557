/**
 * The terminal's `main`: reads the arguments and runs the verb. Exit code 0 when all that was asked for was done and
 * right, 1 when not, 2 for unusable arguments.
 */
import { Command, CommanderError } from 'commander';
import { addTrainOptions, readTrainCommand, type RawTrainOptions } from './arguments.ts';
import { addBenchOptions, readBenchCommand, type RawBenchOptions } from './bench-arguments.ts';
import { runBenchCommand } from './bench-command.ts';
import { runConnected } from './connect-command.ts';
import { addCompareOptions, runCompare, type RawCompareOptions } from './compare-command.ts';
import { benchInBrowser } from './hosts/bench-browser.ts';
import { benchInNode } from './hosts/bench-node.ts';
import { sweepInBrowser } from './hosts/sweep-browser.ts';
import { sweepInNode } from './hosts/sweep-node.ts';
import { addSweepOptions, readSweepCommand, type RawSweepOptions } from './sweep-arguments.ts';
import { runSweep } from './sweep-command.ts';
import { runTrain } from './train-command.ts';
import { UsageError } from './usage-error.ts';

function program(setExitCode: (code: number) => void): Command {
  const downhill = new Command('downhill').description('Gradient descent on the GPU and the CPU, from a terminal').exitOverride();
  addTrainOptions(downhill.command('train').description('train one model on one data set with each engine named').exitOverride()).action(
    async (raw: RawTrainOptions) => {
      setExitCode(await runTrain(readTrainCommand(raw)));
    },
  );
  addBenchOptions(
    downhill.command('bench').description('measure our engines, and the peers beside them, on a suite of workloads').exitOverride(),
  ).action(async (raw: RawBenchOptions) => {
    const command = readBenchCommand(raw);
    if (command.connect.length > 0) return setExitCode(await runConnected(command));
    setExitCode(await runBenchCommand(command, command.host === 'browser' ? benchInBrowser : benchInNode));
  });
  addSweepOptions(downhill.command('sweep').description('times and scores against the number of training examples').exitOverride()).action(
    async (raw: RawSweepOptions) => {
      const command = readSweepCommand(raw);
      const { host, browser } = command;
      setExitCode(await runSweep(command, host === 'browser' ? (...asked) => sweepInBrowser(browser, ...asked) : sweepInNode));
    },
  );
  addCompareOptions(downhill.command('compare').description('two or more result files side by side').exitOverride()).action(
    (files: readonly string[], raw: RawCompareOptions) => {
      setExitCode(runCompare(files, raw));
    },
  );
  return downhill;
}

/** @returns the exit code */
export async function main(args: readonly string[]): Promise<number> {
  let exitCode = 0;
  try {
    await program((code) => {
      exitCode = code;
    }).parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has printed its own sentence already; asking for help is no mistake.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}
