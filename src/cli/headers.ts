/**
 * The headers that Downhill is served with: cross-origin isolation, which shared memory and exact clocks need, and a
 * content-security policy that lets nothing in from elsewhere.
 */

const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
} as const;

const policy = {
  'default-src': "'self'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'style-src': "'self'",
  'style-src-attr': "'unsafe-inline'",
  'img-src': "'self' data: blob:",
  'connect-src': "'self'",
  'worker-src': "'self'",
  'object-src': "'none'",
  'base-uri': "'none'",
} as const;

function policyText(directives: Readonly<Record<string, string>>): string {
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ');
}

/** For the built app: `npm start`, the end-to-end tests and the terminal. */
export const appHeaders: Readonly<Record<string, string>> = { ...isolation, 'Content-Security-Policy': policyText(policy) };

/** For `npm run dev`: Vite puts style sheets and its reload client inline. */
export const devHeaders: Readonly<Record<string, string>> = {
  ...isolation,
  'Content-Security-Policy': policyText({
    ...policy,
    'script-src': `${policy['script-src']} 'unsafe-inline'`,
    'style-src': `${policy['style-src']} 'unsafe-inline'`,
    'connect-src': `${policy['connect-src']} ws:`,
  }),
};

/** For the page of `bench --peers` and nothing else: both peers start their threads from blobs. */
export const peersHeaders: Readonly<Record<string, string>> = {
  ...isolation,
  'Content-Security-Policy': policyText({
    ...policy,
    'script-src': `${policy['script-src']} blob:`,
    'worker-src': `${policy['worker-src']} blob:`,
  }),
};
