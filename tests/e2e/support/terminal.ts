/** `downhill` as one types it, with what it prints and how it ends. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export function downhill(...args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join('src', 'cli', 'bootstrap.mjs'), 'downhill', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const texts = { out: '', err: '' };
    child.stdout.on('data', (chunk: Buffer) => (texts.out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (texts.err += chunk.toString()));
    child.on('close', (code) => {
      resolve({ code, ...texts });
    });
  });
}
