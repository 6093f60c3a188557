/** The server: its headers, its types, and what it does about ports that are taken. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appHeaders } from '../../src/cli/headers.ts';
import { PortTakenError, serve, type RunningServer } from '../../src/cli/server.ts';

const packed = gzipSync('TV,radio\n1,2\n');

describe('the server', () => {
  let folder = '';
  let server: RunningServer;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'downhill-server-'));
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), '<title>Downhill</title>');
    writeFileSync(join(folder, 'assets', 'adverts.csv-1234.gz'), packed);
    writeFileSync(join(folder, 'assets', 'update.wgsl'), '// nothing');
    writeFileSync(join(folder, 'assets', 'lane.wasm'), Uint8Array.of(0, 0x61, 0x73, 0x6d));
    server = await serve(folder, { port: 0 });
  });

  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Plain HTTP: `fetch` would unpack what is announced as packed, and hide the announcement. */
  function ask(path: string): Promise<IncomingMessage & { readonly body: Buffer }> {
    return new Promise((resolve, reject) => {
      get(`${server.url}${path}`, { headers: { 'accept-encoding': 'gzip, br' } }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          resolve(Object.assign(response, { body: Buffer.concat(chunks) }));
        });
      }).on('error', reject);
    });
  }

  it.each(['', 'assets/update.wgsl', 'assets/lane.wasm', 'assets/adverts.csv-1234.gz', 'nothing-here'])(
    'isolates and protects /%s',
    async (path) => {
      const { headers } = await ask(path);
      for (const [name, value] of Object.entries(appHeaders)) expect(headers[name.toLowerCase()]).toBe(value);
    },
  );

  it('allows nothing from elsewhere', () => {
    expect(appHeaders['Content-Security-Policy']).toBe(
      "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none'",
    );
  });

  it.each([
    ['', 'text/html;charset=utf-8'],
    ['assets/update.wgsl', 'text/wgsl; charset=utf-8'],
    ['assets/lane.wasm', 'application/wasm'],
    ['assets/adverts.csv-1234.gz', 'application/gzip'],
  ])('knows the type of /%s', async (path, type) => {
    expect((await ask(path)).headers['content-type']).toBe(type);
  });

  it('hands out packed files as they are', async () => {
    const { headers, body } = await ask('assets/adverts.csv-1234.gz');
    expect(headers['content-encoding']).toBeUndefined();
    expect(body).toEqual(packed);
  });

  it('lets files with a hash in their name be kept, and has others asked for again', async () => {
    expect((await ask('assets/lane.wasm')).headers['cache-control']).toContain('immutable');
    expect((await ask('')).headers['cache-control']).toBe('no-cache');
  });

  it('answers 404 to what is not there, above the folder too', async () => {
    expect((await ask('nothing-here')).statusCode).toBe(404);
    expect((await ask('..%2f..%2fetc/passwd')).statusCode).toBe(404);
  });

  it('refuses what is not reading', async () => {
    expect((await fetch(server.url, { method: 'POST' })).status).toBe(405);
  });

  it('says so when the port asked for is taken', async () => {
    await expect(serve(folder, { port: server.port })).rejects.toThrow(PortTakenError);
    await expect(serve(folder, { port: server.port })).rejects.toThrow(`Port ${server.port} is taken`);
  });

  it('goes on to the next port when the first is taken', async () => {
    const first = await serve(folder);
    const second = await serve(folder);
    expect(second.port).toBeGreaterThan(first.port);
    await Promise.all([first.close(), second.close()]);
  });

  it('keeps clear of a port that another program has on IPv6', async () => {
    const other = createServer();
    const listening = await new Promise<boolean>((resolve) => {
      other.once('error', () => resolve(false)).listen({ host: '::1', port: 0 }, () => resolve(true));
    });
    if (!listening) return; // This machine has no IPv6.
    const { port } = other.address() as AddressInfo;
    await expect(serve(folder, { port })).rejects.toThrow(PortTakenError);
    other.close();
  });
});
