/**
 * Which folder may import which. Imports point one way, from the bottom of this list to its top:
 *
 *   1 platform, calendar, db/schema      3 tasks, alerts, messages, staff, correspondence, queries, decisions, finalisation
 *   2 deadlines, materials, victims      4 cases, chasers, court-results, record-keeping, workload, reports
 *     (reference beside them)            5 http and workers, then the mains
 *
 * A folder of src that stands on no layer is refused until it is given one.
 */
const layers = [
  ['platform', 'calendar'],
  ['reference'],
  ['deadlines', 'materials', 'victims'],
  [
    'tasks',
    'alerts',
    'messages',
    'staff',
    'correspondence',
    'queries',
    'webhooks',
    'decisions',
    'finalisation',
  ],
  ['cases', 'chasers', 'court-results', 'record-keeping', 'workload', 'reports', 'intake'],
  ['http'],
];

const folders = layers.flat();
const oneOf = (names) => `(${names.join('|')})`;
const inFolders = (names) => `^src/${oneOf(names)}/`;
const mains = '^(src/(main|demo|api|rules-diff|import)|workers/main)\\.ts$';
const generators = '^(db/reference/|src/http/assets/compile-styles)';
const badFolders = '(^|/)(utils?|helpers?|common|lib|misc)/';
const ourCode = '^(src|workers|db|test|bench)/';
const runsInProduction = { path: '^(src|workers|db)/', pathNot: generators };

const upward = layers.slice(0, -1).map((layer, index) => ({
  name: `not-upward-from-${layer.join('-')}`,
  comment: 'Imports point one way, down the list at the top of .dependency-cruiser.cjs.',
  severity: 'error',
  from: { path: inFolders(layer) },
  to: { path: [inFolders(layers.slice(index + 1).flat()), '^workers/', mains] },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...upward,
    {
      name: 'no-circle',
      comment: 'A circle means that a file is in the wrong half. Imports of types count too.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'every-folder-has-a-layer',
      comment: 'Give the new folder its place in the list at the top of .dependency-cruiser.cjs.',
      severity: 'error',
      from: {},
      to: { path: '^src/[^/]+/', pathNot: inFolders(folders) },
    },
    {
      name: 'every-folder-has-a-layer-itself',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: inFolders(folders) },
      to: {},
    },
    {
      name: 'no-folder-for-anything',
      comment:
        'utils, helpers, common, lib and misc say nothing: name the folder after an idea of the domain.',
      severity: 'error',
      from: {},
      to: { path: badFolders, pathNot: 'node_modules/' },
    },
    {
      name: 'no-folder-for-anything-itself',
      severity: 'error',
      from: { path: badFolders, pathNot: 'node_modules/' },
      to: {},
    },
    {
      name: 'platform-and-calendar-stand-alone',
      comment: 'platform knows the database by type alone, and calendar knows the type of an instant.',
      severity: 'error',
      from: { path: inFolders(['platform', 'calendar']) },
      to: { path: '^(db|src)/', pathNot: '^src/$1/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'calendar-knows-the-clock-alone',
      severity: 'error',
      from: { path: '^src/calendar/' },
      to: { path: '^(db|src)/', pathNot: ['^src/calendar/', '^src/platform/clock\\.ts$'] },
    },
    {
      name: 'rules-share-types-alone',
      comment:
        'deadlines and materials know their neighbours by their types; a contact is a deadline, so victims use deadlines.',
      severity: 'error',
      from: { path: inFolders(['deadlines', 'materials']) },
      to: {
        path: inFolders(['deadlines', 'materials', 'victims']),
        pathNot: '^src/$1/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'alerts-know-no-feature',
      comment: 'What firing an alert does is handed to fire by the worker.',
      severity: 'error',
      from: { path: '^src/alerts/' },
      to: {
        path: inFolders(folders.filter((folder) => !['alerts', 'platform', 'calendar'].includes(folder))),
      },
    },
    {
      name: 'schema-stands-alone',
      comment: 'The tables know at most the types of what they hold.',
      severity: 'error',
      from: { path: '^db/schema/' },
      to: { path: '^(src|workers|db)/', pathNot: '^db/schema/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'database-under-the-features',
      comment:
        'Opening and migrating the database needs the tables, the platform and the reference data alone.',
      severity: 'error',
      from: { path: '^db/[^/]+\\.ts$' },
      to: {
        path: '^(src|workers|db/(seed|reference))/',
        pathNot: '^src/(platform/|reference/load-reference\\.ts$)',
      },
    },
    {
      name: 'the-mains-open-the-database',
      comment: 'Everything else is handed its connection, and names its type alone.',
      severity: 'error',
      from: { path: '^(src|workers)/', pathNot: mains },
      to: { path: '^db/(connect|migrate)\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'the-demo-alone-is-seeded',
      severity: 'error',
      from: { path: '^(src|workers)/', pathNot: '^src/demo\\.ts$' },
      to: { path: '^db/seed/' },
    },
    {
      name: 'api-and-workers-apart',
      comment: 'They run in different processes, and meet in the demo alone.',
      severity: 'error',
      from: { path: '^(src/http/|src/api\\.ts$)' },
      to: { path: '^workers/' },
    },
    {
      name: 'workers-know-no-pages',
      severity: 'error',
      from: { path: '^workers/' },
      to: { path: '^(src/http/|src/(main|demo|api)\\.ts$)' },
    },
    {
      name: 'nothing-imports-a-main',
      comment: 'The demo is in two files so that its second half is read while Postgres starts.',
      severity: 'error',
      from: { path: ourCode, pathNot: '^src/main\\.ts$' },
      to: { path: mains },
    },
    {
      name: 'no-tests-in-production',
      severity: 'error',
      from: { path: '^(src|workers|db)/' },
      to: { path: '^(test|bench)/' },
    },
    {
      name: 'no-generators-in-production',
      comment: 'They write committed files, and need development dependencies.',
      severity: 'error',
      from: { path: '^(src|workers|db)/', pathNot: generators },
      to: { path: generators },
    },
    {
      name: 'no-development-dependencies-in-production',
      comment: '`npm ci --omit=dev && npm start` must find every package.',
      severity: 'error',
      from: runsInProduction,
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm'] },
    },
    {
      name: 'packages-are-declared',
      comment: 'What is imported stands in package.json, and is not there by another package alone.',
      severity: 'error',
      from: { path: ourCode },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'imports-exist',
      severity: 'error',
      from: { path: ourCode },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^db/migrations/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.json', '.d.ts'],
    },
  },
};
