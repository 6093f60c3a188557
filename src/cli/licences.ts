/**
 * `licences.txt` beside the built page: every package of which code is in it, in its workers or in its binaries, with its licence.
 * It is written from what the bundler took, so that it cannot be out of date; one that names no licence stops the build.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { root } from './root.ts';

const fileName = 'licences.txt';
const licenceFile = /^(licen[cs]e|copying|notice)([.-].*)?$/i;
/** What the bundler itself is made of is no part of what it makes. */
const bundledOnes = /^# Licenses of bundled dependencies[^]*/m;
/** Code that no module of the bundle names: the compiler's library in the wasm lanes, and the bundler's own helper. */
const unseen = ['assemblyscript', 'vite'];

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly repository?: string | { readonly url: string };
}

/** The folder of the package that a module belongs to, below the repository; null for our own. */
function packageFolder(moduleId: string): string | null {
  const path = moduleId.replaceAll('\\', '/').replace(/[?].*$/, '');
  const [, folder] = /(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
  return folder ?? null;
}

/** @throws Error where a package brings no licence */
function chapter(folder: string): string {
  const files = readdirSync(join(root, folder)).filter((name) => licenceFile.test(name));
  const { name, version, license = '', repository } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;
  if (files.length === 0 && license === '') throw new Error(`The package ${name} is in the bundle, and ${folder} names no licence.`);
  const source = typeof repository === 'object' ? repository.url : (repository ?? '');
  const texts = files.sort().map((file) =>
    readFileSync(join(root, folder, file), 'utf8')
      .replace(bundledOnes, '')
      .trim(),
  );
  const kind = /^see /i.test(license) ? '' : `: ${license.replace(/^[(](.*)[)]$/, '$1')}`;
  const without = files.length === 0 ? [`Its package holds no text of the licence. ${source}`.trim()] : [];
  return [`${name} ${version}${kind}`, ...texts, ...without].join('\n\n');
}

export class Licences {
  readonly #folders = new Set<string>(unseen.map((name) => `node_modules/${name}`));

  /** One for the page and one for its workers, which are bundled before it. */
  plugin(): Plugin {
    const folders = this.#folders;
    let isApp = false;
    return {
      name: 'downhill-licences',
      apply: (_config, { command, isSsrBuild }) => command === 'build' && !isSsrBuild,
      configResolved: (config) => {
        isApp = config.root.replaceAll('\\', '/') === root.replaceAll('\\', '/').replace(/\/$/, '') && !config.isWorker;
      },
      generateBundle: {
        order: 'post',
        handler(_options, bundle) {
          for (const file of Object.values(bundle)) {
            if (file.type !== 'chunk') continue;
            for (const [id, { renderedLength }] of Object.entries(file.modules)) {
              const folder = renderedLength > 0 ? packageFolder(id) : null;
              if (folder !== null) folders.add(folder);
            }
          }
          if (!isApp) return;
          const chapters = [...folders].sort().map(chapter);
          const title = 'Downhill is made with the packages below. It is under the licence that stands first.';
          const own = readFileSync(join(root, 'LICENSE'), 'utf8').trim();
          const source = [title, own, ...chapters].join(`\n\n${'-'.repeat(80)}\n\n`);
          this.emitFile({ type: 'asset', fileName, source: `${source}\n` });
        },
      },
    };
  }
}
