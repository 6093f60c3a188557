/** `npm run dev`: Vite's hot-reloading server. */
import { createServer } from 'vite';

export async function run(args: readonly string[]): Promise<number> {
  // An inherited NODE_ENV=production would take the reload client out.
  process.env['NODE_ENV'] = 'development';
  const server = await createServer({ server: { open: args.includes('--open') } });
  await server.listen();
  server.printUrls();
  await new Promise((resolve) => server.httpServer?.once('close', resolve));
  return 0;
}
