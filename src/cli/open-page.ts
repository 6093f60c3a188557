/** Opens an address in the reader's own browser, where there is a screen to see it on. */
import { spawn } from 'node:child_process';

/** The program that opens addresses, or null where nobody would see it. */
function opener(url: string): readonly [command: string, args: readonly string[]] | null {
  if (process.env['CI'] !== undefined) return null;
  switch (process.platform) {
    case 'darwin':
      return ['open', [url]];
    case 'win32':
      return ['cmd', ['/c', 'start', '', url]];
    default:
      return process.env['DISPLAY'] === undefined && process.env['WAYLAND_DISPLAY'] === undefined ? null : ['xdg-open', [url]];
  }
}

/** Does nothing where there is no display; whether a browser really came up is for the reader to see. */
export function openPage(url: string): void {
  const found = opener(url);
  if (found === null) return;
  const [command, args] = found;
  const child = spawn(command, args, { detached: true, stdio: 'ignore' });
  child.on('error', () => {
    process.stderr.write(`No browser could be opened from here (${command} is missing): open ${url} yourself.\n`);
  });
  child.unref();
}
