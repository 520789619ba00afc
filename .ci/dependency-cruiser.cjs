/** Rooms of src, and what each may import beside itself and errors.ts. */
const rooms = {
  lake: [],
  engine: [],
  sources: ['engine', 'lake'],
  bronze: ['engine', 'lake', 'sources'],
  silver: ['engine', 'lake', 'sources', 'bronze'],
  gold: ['engine', 'lake', 'sources', 'bronze', 'silver'],
  pipeline: ['engine', 'lake', 'sources', 'bronze', 'silver', 'gold'],
  offline: [],
  ui: ['pipeline', 'offline'],
};

const direction = Object.entries(rooms).map(([room, allowed]) => ({
  name: `direction-of-${room}`,
  comment:
    'Arrows go one way: ui -> pipeline -> (sources, bronze, silver, gold) -> (engine, lake) -> errors.',
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: {
    path: '^src/',
    pathNot: [`^src/(${[room, ...allowed].join('|')})/`, '^src/errors\\.ts$'].concat(
      // The page knows the shape of answers, and nothing else of Gold.
      room === 'ui' ? ['^src/gold/answers\\.ts$'] : [],
    ),
  },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...direction,
    {
      name: 'errors-import-nothing',
      severity: 'error',
      from: { path: '^src/errors\\.ts$' },
      to: { path: '.' },
    },
    {
      name: 'answers-as-types-in-ui',
      severity: 'error',
      from: { path: '^src/ui/' },
      to: { path: '^src/gold/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-circles',
      severity: 'error',
      // A Svelte component that draws a tree imports itself.
      from: { path: '^(.+)$' },
      to: { circular: true, pathNot: '^$1$' },
    },
    {
      name: 'duckdb-and-arrow-only-in-engine',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/engine/' },
      to: { path: '(^|/)(apache-arrow|@duckdb/duckdb-wasm)(/|$)' },
    },
    {
      name: 'svelte-only-in-ui',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/ui/', '^src/main\\.ts$'] },
      to: { path: '(^|/)svelte(/|$)' },
    },
    {
      name: 'no-tests-in-src',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^tests/' },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      // Vite's own: virtual modules, and addresses of a package's files.
      to: { couldNotResolve: true, pathNot: ['^virtual:', '[?&]url$'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'browser', 'import', 'default'],
    },
  },
};
