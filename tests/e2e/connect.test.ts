/** `downhill bench --connect`: Playwright servers on this machine stand for others; one address has nobody behind it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFiled } from '../../src/session/results/collection.ts';
import { downhill } from './support/terminal.ts';

/** @returns its address */
function startServer(servers: ChildProcess[]): Promise<string> {
  const server = spawn(process.execPath, [join('node_modules', 'playwright-core', 'cli.js'), 'run-server', '--unsafe', '--port', '0']);
  servers.push(server);
  return new Promise((resolve, reject) => {
    let said = '';
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      const [address] = /ws:\/\/\S+/.exec(said) ?? [];
      if (address !== undefined) resolve(address);
    };
    server.stdout.on('data', listen);
    server.stderr.on('data', listen);
    server.on('close', () => reject(new Error(`The Playwright server ended: ${said}`)));
  });
}

const small = ['bench', '--workload', 'logistic 2x400', '--budget', '1', '--engine', 'wasm', '--engine', 'reference'];

describe('downhill bench --connect', () => {
  const servers: ChildProcess[] = [];
  let addresses: readonly string[] = [];
  let folder = '';

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'downhill-connect-'));
    addresses = await Promise.all([startServer(servers), startServer(servers)]);
  });

  afterAll(() => {
    for (const server of servers) server.kill();
    rmSync(folder, { recursive: true });
  });

  it('gives two results and one table, and names the machine that does not answer', async () => {
    const file = join(folder, 'all.json');
    const nobody = 'ws://127.0.0.1:9/';
    const asked = [...addresses, nobody].flatMap((address) => ['--connect', address]);
    const { code, out, err } = await downhill(...small, ...asked, '--json', file);
    expect(err).toContain(`${nobody} gave no result`);
    expect(code).toBe(1);
    const { results: filed } = readFiled(readFileSync(file, 'utf8'), file);
    expect(filed.map(({ name }) => name)).toEqual(addresses.map((address) => new URL(address).host));
    for (const { result } of filed) {
      if (result.kind !== 'bench') throw new Error(`a ${result.kind}`);
      expect(result.workloads[0]?.lanes.map(({ engine, checked }) => [engine, checked?.ok])).toEqual([
        ['wasm', true],
        ['reference', true],
      ]);
    }
    for (const { name } of filed) expect(out).toContain(name);
    expect(out).toContain('logistic 2×400');
  });
});
