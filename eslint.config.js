/**
 * Lint without types: templates, and what no file may name. What needs types is in `.oxlintrc.json`, whose native program asks
 * the same rules in a quarter of the time. Matters of taste are Prettier's or nobody's. There are no warnings: a rule is an
 * error or it is off.
 */
import { defineConfig } from 'eslint/config';
import lit from 'eslint-plugin-lit';
import tseslint from 'typescript-eslint';

/** Names by which code reaches the page or the browser. */
const surroundings = ['navigator', 'window', 'document', 'self', 'location', 'localStorage', 'sessionStorage', 'indexedDB', 'caches'];

const noSurroundings = [
  'error',
  ...surroundings.map((name) => ({
    name,
    message: 'math, data and engine are handed what they need: they run in a worker, a page and Node alike.',
  })),
];

export default defineConfig(
  // AssemblyScript looks like TypeScript and is another language.
  { ignores: ['dist/', '.cache/', 'node_modules/', 'test-results/', 'src/engine/cpu/wasm/assembly/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  { files: ['**/*.ts'], extends: [tseslint.configs.base] },
  {
    files: ['**/*.{mjs,cjs,js}'],
    extends: [tseslint.configs.base],
    rules: { 'no-unused-vars': ['error', { argsIgnorePattern: '^_' }], 'no-undef': 'off' },
  },
  {
    files: ['**/*.{ts,mjs}'],
    plugins: { lit },
    rules: {
      ...lit.configs['flat/recommended'].rules,
      'lit/no-template-map': 'off',
      eqeqeq: ['error', 'always'],
      'max-lines': ['error', { max: 350, skipBlankLines: true, skipComments: true }],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'lit/directives/unsafe-html.js', message: 'Markup comes from templates only.' },
            { name: 'lit/directives/unsafe-svg.js', message: 'Markup comes from templates only.' },
          ],
        },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Randomness is seeded: math/rng.' },
        ...['innerHTML', 'outerHTML', 'insertAdjacentHTML'].map((property) => ({ property, message: 'Markup comes from templates only.' })),
        ...['document', 'window', 'navigator'].map((property) => ({
          object: 'globalThis',
          property,
          message: 'Name it plainly, so that the rule about it can see it.',
        })),
      ],
    },
  },
  {
    files: ['src/{math,data,engine}/**/*.ts'],
    rules: { 'no-restricted-globals': noSurroundings },
  },
  {
    files: ['tests/**/*.ts'],
    rules: { 'max-lines': 'off' },
  },
);
