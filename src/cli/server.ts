/**
 * The one server: `npm start`, the end-to-end tests and the terminal's browser all see the built app through it. Files
 * go out as they lie on the disk, a `.gz` too: its reader unpacks it, so it must not be announced as an encoding.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import sirv from 'sirv';
import { appHeaders } from './headers.ts';

export interface RunningServer {
  /** With a slash at the end. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Thrown when the port that was asked for is taken, or none of many is free. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';
}

const firstPort = 4173;
const portsTried = 100;
const oneYearSeconds = 31_536_000;
/** Types that the list of the library lacks. */
const types: Readonly<Record<string, string>> = { '.wgsl': 'text/wgsl; charset=utf-8', '.gz': 'application/gzip' };

function setFileHeaders(response: ServerResponse, path: string): void {
  const type = types[path.slice(path.lastIndexOf('.'))];
  if (type !== undefined) response.setHeader('Content-Type', type);
  // Vite puts a hash of the content into the names in this folder.
  if (path.startsWith('/assets/')) response.setHeader('Cache-Control', `public, max-age=${oneYearSeconds}, immutable`);
}

/** The library answers `x.csv.gz` with `Content-Encoding: gzip`; this takes that line out again. */
function withoutEncoding(response: ServerResponse): void {
  const writeHead = response.writeHead.bind(response) as (status: number, headers?: Record<string, string>) => ServerResponse;
  response.writeHead = (status: number, headers: unknown = {}): ServerResponse => {
    const { 'Content-Encoding': _encoding, ...others } = headers as Record<string, string>;
    return writeHead(status, others);
  };
}

function answerWith(
  folder: string,
  headers: Readonly<Record<string, string>>,
): (request: IncomingMessage, response: ServerResponse) => void {
  // `dev` looks at the disk on each request, so that a new build is seen; `etag` lets browsers ask whether it changed.
  const files = sirv(folder, { dev: true, etag: true, setHeaders: setFileHeaders });
  return (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { Allow: 'GET, HEAD' }).end();
      return;
    }
    withoutEncoding(response);
    files(request, response, () => {
      response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('There is no such file here.\n');
    });
  };
}

/** @returns false when the port is taken */
function listen(server: Server, host: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
      else reject(error);
    };
    server.once('error', onError);
    server.listen({ host, port }, () => {
      server.off('error', onError);
      resolve(true);
    });
  });
}

/** Whether another program answers at the same port of IPv6's localhost, which browsers may try first. */
function isAnswered(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '::1', port });
    const settle = (answered: boolean) => (): void => {
      socket.destroy();
      resolve(answered);
    };
    socket.once('connect', settle(true)).once('error', settle(false)).setTimeout(500, settle(false));
  });
}

/**
 * Serves a folder at http://localhost:….
 * @param port this one and no other; without it the first free one from 4173 up; 0: any
 * @throws PortTakenError
 */
export async function serve(
  folder: string,
  {
    port,
    host = '127.0.0.1',
    headers = appHeaders,
  }: {
    readonly port?: number | undefined;
    readonly host?: string | undefined;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): Promise<RunningServer> {
  const server = createServer(answerWith(folder, headers));
  const candidates = port === undefined ? Array.from({ length: portsTried }, (_, index) => firstPort + index) : [port];
  for (const candidate of candidates) {
    if (candidate !== 0 && (await isAnswered(candidate))) continue;
    if (!(await listen(server, host, candidate))) continue;
    const taken = (server.address() as AddressInfo).port;
    return {
      url: `http://localhost:${String(taken)}/`,
      port: taken,
      close: () =>
        new Promise((resolve) => {
          server.close(() => {
            resolve();
          });
          server.closeAllConnections();
        }),
    };
  }
  throw new PortTakenError(
    port === undefined
      ? `No port from ${String(firstPort)} to ${String(firstPort + portsTried - 1)} is free. Name one with --port.`
      : `Port ${String(port)} is taken. Name another with --port, or leave it out to get a free one.`,
  );
}
