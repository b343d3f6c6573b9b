// The house rules for imports; scripts/structure.test.ts runs them, and proves that they can fail.
module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'apps-do-not-import-apps',
      comment: 'An app talks to another over its wire.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'e2e-imports-no-app',
      comment: 'e2e starts apps as processes.',
      severity: 'error',
      from: { path: '^e2e/' },
      to: { path: '^apps/' },
    },
    {
      name: 'nobody-imports-the-simulation',
      comment: 'It puts the cores of all apps together; nothing stands on it.',
      severity: 'error',
      from: { path: '^(apps|packages|e2e|scripts)/' },
      to: { path: '^simulation/' },
    },
    {
      name: 'apps-open-one-door-to-the-simulation',
      severity: 'error',
      from: { path: '^simulation/' },
      to: { path: '^apps/', pathNot: '^apps/[^/]+/src/simulation\\.ts$' },
    },
    {
      name: 'packages-import-packages-only',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^(apps|e2e|scripts)/' },
    },
    {
      name: 'port-model-stands-below-all',
      comment: 'It depends on zod only, so that it runs anywhere.',
      severity: 'error',
      from: { path: '^packages/port-model/src/', pathNot: ['\\.test\\.ts$', '/test(ing|-support)/'] },
      to: { pathNot: ['^packages/port-model/src/', '(^|/)node_modules/.*zod', '\\.json$'] },
    },
    {
      name: 'clients-know-no-service-kit',
      comment: 'Clients are libraries: they take a clock, not our way of running processes.',
      severity: 'error',
      from: { path: '^packages/(agent-client|vsphere-client|testkit)/' },
      to: { path: '^packages/service-kit/' },
    },
    {
      name: 'the-agent-state-machine-is-pure',
      comment: 'No clock, no chance, no input or output: see ARCHITECTURE.md.',
      severity: 'error',
      from: {
        path: '^apps/vcenter-plugin/src/sync/',
        pathNot: ['agent-worker\\.ts$', 'fleet\\.ts$', '\\.test\\.ts$', '/testing/'],
      },
      to: {
        path: [
          '^node:',
          '^(fs|net|http|crypto|timers)',
          '/(ledger|inventory|introspect|commands)/',
          'undici',
          'better-sqlite3',
          'fastify',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'the-port-table-is-pure',
      comment: 'No clock, no chance, no input or output: see ARCHITECTURE.md.',
      severity: 'error',
      from: {
        path: '^apps/vrouter-agent-sim/src/ports/',
        pathNot: ['\\.test\\.ts$', '/test(ing|-support)/'],
      },
      to: {
        path: ['^node:', '^(fs|net|http|crypto|timers)', '/(store|rest|admin|http)/', 'fastify'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'inside-the-plugin-data-flows-one-way',
      comment: 'inventory, binding, ledger, sync: each step knows only what is below it.',
      severity: 'error',
      from: {
        path: '^apps/vcenter-plugin/src/(inventory|binding)/',
        pathNot: ['\\.test\\.ts$', '/test(ing|-support)/'],
      },
      to: { path: '^apps/vcenter-plugin/src/(sync|ledger|introspect|commands)/' },
    },
    {
      name: 'sync-does-not-read-the-inventory',
      severity: 'error',
      from: { path: '^apps/vcenter-plugin/src/(sync|ledger)/' },
      to: { path: '^apps/vcenter-plugin/src/(inventory|introspect|commands)/' },
    },
    {
      name: 'tests-are-not-imported',
      severity: 'error',
      from: {},
      to: { path: '\\.test\\.ts$' },
    },
    {
      name: 'testkit-is-for-tests',
      severity: 'error',
      from: {
        path: '^(packages|apps)/[^/]+/src/',
        pathNot: ['\\.test\\.ts$', '/testing/', '^packages/testkit/', '^apps/lab/'],
      },
      to: { path: '^packages/testkit/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.json'],
    },
  },
};
