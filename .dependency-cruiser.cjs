/** The walls of the house. Each rule's comment is the sentence that says why. */
const between = (name, comment, from, to) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: to },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'A circle has no first file to read, and no part that can be tested alone.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    between(
      'core-stands-alone',
      'Both services stand on core; it knows neither of them, nor any provider.',
      '^core/',
      '^(pipelines|backend|widgets|demo-app)/',
    ),
    between(
      'pipelines-know-core-only',
      'Pipelines are a library and a command line too: no API server comes along.',
      '^pipelines/',
      '^(backend|widgets|demo-app)/',
    ),
    between(
      'backend-asks-for-runs',
      'The API asks for a run by writing one, so that in production the two are separate services.',
      '^backend/',
      '^(pipelines|widgets|demo-app)/',
    ),
    {
      name: 'backend-seals-only',
      comment: 'Whoever takes over the API reads no credential: what opens them is for the pipeline service alone.',
      severity: 'error',
      from: { path: '^backend/', pathNot: '[.]test[.]ts$|^backend/testing/' },
      to: { path: '^core/vault/(opening|rotat)', reachable: true },
    },
    between(
      'widgets-know-the-public-api',
      'Widgets live in strangers’ pages: they know the API by its OpenAPI file, never server code.',
      '^widgets/src/',
      '^(core|pipelines|backend|demo-app)/',
    ),
    {
      name: 'pages-live-as-strangers',
      comment:
        'The product’s pages use widgets and API as a customer would, through public exports; only demo-app/local composes the servers.',
      severity: 'error',
      from: { path: '^demo-app/', pathNot: '^demo-app/(local|e2e)/' },
      to: { path: '^(core|pipelines|backend|widgets/src)/' },
    },
    {
      name: 'front-doors-only',
      comment: 'A package is entered through its exports, so that what is behind them can change.',
      severity: 'error',
      from: { path: '^([^/]+)/' },
      to: {
        path: '^(core|pipelines|backend|widgets)/',
        pathNot: '^$1/',
        dependencyTypesNot: ['aliased', 'aliased-workspace', 'undetermined', 'npm', 'npm-dev'],
      },
    },
    {
      name: 'providers-are-separate-rooms',
      comment: 'Nothing outside a provider’s folder knows its column names.',
      severity: 'error',
      from: { path: '^pipelines/providers/([^/]+)/' },
      to: {
        path: '^pipelines/providers/([^/]+)/',
        pathNot: [
          '^pipelines/providers/$1/',
          '^pipelines/providers/testing/',
          // What every tool that tells who usage was for writes.
          '^pipelines/providers/attribution-file/',
        ],
      },
    },
    {
      name: 'one-place-touches-echarts',
      comment: 'The chart kit is loaded lazily; an import anywhere else would put 170 KiB into the first load.',
      severity: 'error',
      from: { path: '^widgets/src/', pathNot: '^widgets/src/charts/' },
      to: { path: 'echarts', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'one-place-touches-duckdb',
      comment: 'DuckDB reads any file it is allowed to: it is opened, and hardened, in one place.',
      severity: 'error',
      from: { pathNot: '^core/warehouse/duckdb/' },
      to: { path: '@duckdb/' },
    },
    {
      name: 'no-unresolved',
      comment: 'An import that does not resolve fails at run time.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^server-only$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(node_modules|dist|dist-cdn|build|\\.next)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default', 'node'] },
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
