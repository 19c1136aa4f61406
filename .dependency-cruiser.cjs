/** The rooms of src and the one direction in which they may know each other. See CONTRIBUTING.md. */
const pure = '^src/(plan|reconcile|automations|metrics)/';
const ground = 'src/(errors\\.ts|i18n/)';

/** A room may import itself, the ground floor, and the rooms named. */
const room = (name, ...below) => ({
  name: `${name}-looks-down-only`,
  severity: 'error',
  comment: `src/${name} may import ${below.join(', ') || 'nothing but the ground floor'}`,
  from: { path: `^src/${name}/` },
  to: { path: '^src/', pathNot: [`^src/${name}/`, `^${ground}`, ...below.map((b) => `^src/${b}/`)] },
});

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, pathNot: '\\.d\\.ts$' }, to: {} },
    { name: 'not-to-test', severity: 'error', from: { path: '^src' }, to: { path: '^(test|scripts)' } },
    {
      name: 'pure-rooms-touch-nothing-outside',
      severity: 'error',
      comment:
        'No clock, disk, network, process or database in the pure rooms: they take values and return values.',
      from: { path: pure },
      to: {
        dependencyTypes: ['core'],
        pathNot: '^(node:)?(crypto|util)$',
      },
    },
    {
      name: 'pure-rooms-know-no-shell-library',
      severity: 'error',
      from: { path: pure },
      to: {
        path: 'node_modules/(better-sqlite3|kysely|pino|hono|@hono|commander|hucre|@clack|dotenv|node-cron|nodemailer|undici)/',
      },
    },
    {
      name: 'ground-floor-is-the-ground',
      comment: 'It may use the words in which a plan is told, no more.',
      severity: 'error',
      from: { path: `^${ground}` },
      to: { path: '^src/', pathNot: [`^${ground}`, '^src/plan/(item|company)\\.ts$'] },
    },
    room('plan'),
    room('reconcile', 'plan'),
    room('automations', 'reconcile', 'plan'),
    room('metrics', 'plan'),
    room('config', 'plan'),
    room('store', 'reconcile', 'metrics', 'plan'),
    room('workspaces', 'reconcile', 'metrics', 'plan'),
    room('watch', 'workspaces', 'store', 'reconcile', 'metrics', 'plan', 'config'),
    room('digest', 'workspaces', 'store', 'reconcile', 'metrics', 'plan', 'config'),
    room(
      'service',
      'digest',
      'watch',
      'workspaces',
      'store',
      'reconcile',
      'automations',
      'metrics',
      'plan',
      'config',
    ),
    room(
      'cli',
      'service',
      'digest',
      'watch',
      'workspaces',
      'store',
      'reconcile',
      'automations',
      'metrics',
      'plan',
      'config',
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
