/**
 * What every npm script calls: `node src/cli/bootstrap.mjs VERB …`. Plain Node without packages, because it runs before
 * there are any: it checks Node's version, installs what the lock file says when that is not installed yet (on standard
 * error, development tools included, without needing install scripts), and hands over to `verbs/VERB.ts` or to the bundled terminal.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const verbs = ['start', 'test', 'check', 'dev', 'build', 'build-bench', 'tally', 'downhill'];
const oldestNode = [20, 19];

/** Ends with a sentence and exit code 1. */
function giveUp(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  giveUp(
    `Downhill needs Node ${oldestNode.join('.')} or newer, and this is Node ${process.versions.node}. Get a newer one from https://nodejs.org/.`,
  );
}

function readJson(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}

/** True when someone has installed exactly the locked versions by hand. Optional packages are for other systems. */
function matchesLock(lockText) {
  const installed = readJson(join(root, 'node_modules', '.package-lock.json'))?.packages;
  if (installed === undefined) return false;
  return Object.entries(JSON.parse(lockText).packages).every(
    ([path, locked]) => path === '' || locked.optional === true || installed[path]?.version === locked.version,
  );
}

function runNpm(args) {
  const through = process.env.npm_execpath;
  const viaNode = through !== undefined && /\.c?js$/.test(through) && /npm/.test(through);
  const [command, firstArgs] = viaNode ? [process.execPath, [through]] : ['npm', []];
  const shell = !viaNode && process.platform === 'win32';
  // Standard output belongs to the verb: `downhill train --json -` must print JSON and nothing else.
  return spawnSync(command, [...firstArgs, ...args], { cwd: root, stdio: ['ignore', process.stderr, process.stderr], shell }).status;
}

function ensureInstalled() {
  const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const stamp = createHash('sha256').update(`${process.platform} ${process.arch} ${lockText}`).digest('hex');
  const stampPath = join(root, 'node_modules', '.downhill-install');
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === stamp) return;
  if (!matchesLock(lockText)) {
    process.stderr.write('Installing what Downhill is built with …\n');
    if (runNpm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']) !== 0)
      giveUp('The installation failed; what npm says about it stands above.');
  }
  writeFileSync(stampPath, stamp);
}

checkNode();
const [verb = '', ...args] = process.argv.slice(2);
if (!verbs.includes(verb)) giveUp(`There is no verb "${verb}". There are: ${verbs.join(', ')}.`);
process.chdir(root);
ensureInstalled();
const { runnerImport } = await import('vite');
// The terminal is bundled, so that its numbers come from the same code as the page's; other verbs run from their source.
const tool = verb === 'downhill' ? 'build' : verb;
const { module } = await runnerImport(join(root, 'src', 'cli', 'verbs', `${tool}.ts`), { logLevel: 'warn' });
process.exitCode = await module.run(args);
if (verb === 'downhill') {
  const { main } = await import(pathToFileURL(join(root, 'dist', 'cli', 'downhill.js')).href);
  process.exitCode = await main(args);
}
