/**
 * What lets the build live on any static host: the policy stands in the page itself, since many hosts set no headers, and a `_headers`
 * file tells those that read one (Netlify, Cloudflare Pages) what else to send. Elsewhere the page computes on one CPU thread, and says so.
 */
import type { Plugin } from 'vite';
import { appHeaders } from './headers.ts';

/** For `vite.config.ts`. The page of the peers, which is never put on a host, has a wider policy and is left alone. */
export function staticHost(): Plugin {
  const policy = appHeaders['Content-Security-Policy'] ?? '';
  const isApp = (root: string): boolean => !root.replaceAll('\\', '/').endsWith('tests/peers');
  let app = true;
  return {
    name: 'downhill-static-host',
    apply: (_config, { command, isSsrBuild }) => command === 'build' && !isSsrBuild,
    configResolved: ({ root }) => {
      app = isApp(root);
    },
    transformIndexHtml: () =>
      app ? [{ tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: policy }, injectTo: 'head-prepend' }] : [],
    generateBundle() {
      if (!app) return;
      const lines = Object.entries(appHeaders).map(([name, value]) => `  ${name}: ${value}`);
      this.emitFile({ type: 'asset', fileName: '_headers', source: `/*\n${lines.join('\n')}\n` });
    },
  };
}
