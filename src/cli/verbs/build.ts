/** `npm run build`: puts the built app and terminal into `dist/`, if a source has changed. */
import { ensureBuilt } from '../build.ts';

export async function run(): Promise<number> {
  await ensureBuilt();
  return 0;
}
