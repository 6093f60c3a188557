/**
 * The one-way rule: math ← data ← engine ← session ← ui, labs, cli. `tests/unit/import-rule.test.ts` breaks every line
 * of it on purpose and sees it hold.
 */

/** Folders from the bottom up; those in one row do not know each other unless a rule below says so. */
const layers = [['math'], ['data'], ['engine'], ['session'], ['ui', 'labs', 'cli']];

/** @param {readonly string[]} folders */
const inFolders = (folders) => `^src/(${folders.join('|')})/`;

const upward = layers.slice(0, -1).map((folders, level) => ({
  name: `${folders[0]}-knows-nothing-above-it`,
  comment: 'Dependencies point one way: math ← data ← engine ← session ← ui, labs, cli.',
  severity: 'error',
  from: { path: inFolders(folders) },
  to: { path: inFolders(layers.slice(level + 1).flat()) },
}));

/** What of `session` the page's side may know: its clients, files that hold types and tables, and how results are kept, read, written and compared. */
const sessionFace = [
  ...['client', 'protocol', 'settings', 'storage-trouble'],
  ...[
    'brief',
    'collection',
    'comparable',
    'csv',
    'differences',
    'distribution',
    'errors',
    'figures',
    'link',
    'read',
    'result',
    'side-by-side',
    'store',
    'write',
  ].map((name) => `results/${name}`),
  'export/kinds',
  ...['bench/client', 'bench/report', 'bench/workload', 'graph/client', 'graph/study'],
  ...['client', 'facts', 'kept', 'protocol', 'sweep'].map((name) => `own/${name}`),
  ...['client', 'findings', 'make-report', 'memory', 'protocol', 'settings'].map((name) => `sweep/${name}`),
  ...['client', 'curves', 'findings', 'protocol', 'settings'].map((name) => `activations/${name}`),
  ...['neuron', 'protocol'].map((name) => `inside/${name}`),
  ...['client', 'overrides', 'protocol'].map((name) => `kernels/${name}`),
  'adopted/protocol',
  ...['camera', 'client', 'descent', 'layout', 'protocol', 'settings'].map((name) => `loss/${name}`),
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...upward,
    {
      name: 'cpu-and-gpu-apart',
      comment: 'The two kinds of engine meet in the contract only.',
      severity: 'error',
      from: { path: '^src/engine/cpu/' },
      to: { path: '^src/engine/gpu/' },
    },
    {
      name: 'gpu-and-cpu-apart',
      comment: 'The two kinds of engine meet in the contract only.',
      severity: 'error',
      from: { path: '^src/engine/gpu/' },
      to: { path: '^src/engine/cpu/' },
    },
    {
      name: 'labs-apart',
      comment: 'What two labs share belongs into ui.',
      severity: 'error',
      from: { path: '^src/labs/([^/]+)/' },
      to: { path: '^src/labs/', pathNot: '^src/labs/$1/' },
    },
    {
      name: 'page-knows-the-face-of-session',
      comment: 'ui and labs know the client and types of session, not its machinery.',
      severity: 'error',
      from: { path: inFolders(['ui', 'labs']) },
      to: { path: '^src/session/', pathNot: `^src/session/(${sessionFace.join('|')})[.]ts$` },
    },
    {
      name: 'page-knows-nothing-below-session',
      comment: 'ui and labs reach engines and data through session.',
      severity: 'error',
      from: { path: inFolders(['ui', 'labs']) },
      to: { path: inFolders(['math', 'data', 'engine']) },
    },
    {
      name: 'ui-knows-no-lab',
      comment: 'ui is what labs share; it does not know them.',
      severity: 'error',
      from: { path: inFolders(['ui']) },
      to: { path: inFolders(['labs', 'cli']) },
    },
    {
      name: 'labs-know-no-terminal',
      comment: 'Labs and terminal are two faces of the same session.',
      severity: 'error',
      from: { path: inFolders(['labs']) },
      to: { path: inFolders(['cli']) },
    },
    {
      name: 'terminal-knows-no-page',
      comment: 'Labs and terminal are two faces of the same session.',
      severity: 'error',
      from: { path: inFolders(['cli']) },
      to: { path: inFolders(['ui', 'labs']) },
    },
    {
      name: 'src-knows-no-test',
      comment: 'What ships does not depend on tests.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^tests/' },
    },
    {
      name: 'no-circle',
      comment: 'Files that need each other are one file, or three.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'all-resolved',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true, pathNot: '[?]' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
