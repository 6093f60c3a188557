/** `downhill` as one types it, with what it prints and how it ends. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** What takes longer hangs, and is ended. */
const mostMs = 90_000;

function run(program: readonly string[], args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...program, ...args], { stdio: ['ignore', 'pipe', 'pipe'], timeout: mostMs });
    const texts = { out: '', err: '' };
    child.stdout.on('data', (chunk: Buffer) => (texts.out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (texts.err += chunk.toString()));
    child.on('close', (code) => {
      resolve({ code, ...texts });
    });
  });
}

const mainOfTheBuild = `const { main } = await import('./dist/cli/downhill.js'); process.exitCode = await main(process.argv.slice(1));`;

/** The very script that npm calls: sees to what is installed and built first. */
export const typedDownhill = (...args: readonly string[]): Promise<Outcome> => run([join('src', 'cli', 'bootstrap.mjs'), 'downhill'], args);

/** What that script hands over to: the terminal as it was built, in a quarter of the time. */
export const downhill = (...args: readonly string[]): Promise<Outcome> =>
  run(['--input-type=module', '--eval', mainOfTheBuild, '--'], args);
