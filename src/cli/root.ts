/** Where this checkout lies. `bootstrap.mjs` enters it before anything else runs, and so do the tests' runners. */
import { join, resolve } from 'node:path';

export const root = resolve(process.cwd());

/** Built app; `cli/` inside it is the bundled terminal. */
export const distFolder = join(root, 'dist');

/** Things that may be deleted at any time. */
export const cacheFolder = join(root, '.cache');

/** The built page of `bench --peers`. */
export const peersFolder = join(cacheFolder, 'peers');

/** What `npm run build:bench` makes: a folder to be carried to another machine. */
export const benchFolder = join(distFolder, 'bench');
