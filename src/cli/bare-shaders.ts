/** WGSL without its comments, for workers that compile kernels and show none: what a first visit fetches is counted. */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const suffix = '?raw';

/** Every line stays where it is, so that a complaint about it names the right place. */
export function withoutComments(code: string): string {
  return code.replaceAll(/[ \t]*\/\/.*$/gm, '');
}

/** One for each worker; the worker of the lab that shows kernels gets them whole. */
export function bareShaders(): Plugin {
  let isBare = false;
  return {
    name: 'bare-shaders',
    enforce: 'pre',
    buildStart({ input }) {
      isBare = !JSON.stringify(input).includes('session/kernels/worker');
    },
    load(id) {
      if (!isBare || !id.endsWith(`.wgsl${suffix}`)) return null;
      return `export default ${JSON.stringify(withoutComments(readFileSync(id.slice(0, -suffix.length), 'utf8')))}`;
    },
  };
}
