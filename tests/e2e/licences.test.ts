/** The licences beside the built page: of what the page, its workers and its binaries are made of, and of nothing that only builds it. */
import { describe, expect, it } from 'vitest';
import { appUrl } from './support/browser.ts';

describe('the licences', () => {
  it('name the packages in the page, its workers and its binaries, with their texts', async () => {
    const response = await fetch(`${appUrl()}licences.txt`);
    expect(response.headers.get('content-type')).toContain('text/plain');
    const text = await response.text();
    const names = [...text.matchAll(/^-{80}\n\n(\S+) \d+[.]\d+/gm)].map(([, name]) => name);
    // by the page; by the Kernels lab; in workers; in the wasm binaries
    for (const name of [
      'lit-html',
      '@awesome.me/webawesome',
      'uplot',
      '@codemirror/view',
      '@replit/codemirror-vim',
      'h5wasm',
      'papaparse',
      'assemblyscript',
    ])
      expect(names).toContain(name);
    for (const name of ['playwright-core', 'puppeteer-core', 'commander', 'vitest']) expect(names).not.toContain(name);
    expect(new Set(names).size).toBe(names.length);
    expect(text).toContain('The Downhill authors');
    expect(text).toContain('HDF Group');
  });
});
