/** A folder of each layer in which the virtual files stand. */
export const HOMES = {
  core: 'libs/core/src',
  protocol: 'libs/streaming/src',
  'plugin-kit': 'libs/translator-kit/src',
  plugin: 'libs/translators/src',
  domain: 'libs/routing/src',
  dispatch: 'libs/dispatch/src',
  infra: 'libs/telemetry/src',
  distribution: 'libs/distribution/src',
  mock: 'libs/mock-upstream/src',
  testing: 'libs/testing/src',
  app: 'apps/sluice/src',
  tool: 'tools/workspace-checks/src',
};
export type Layer = keyof typeof HOMES;

/** What they import: one package of each layer. */
export const IMPORTED: Readonly<Record<Layer, string>> = {
  core: '@sluice/core',
  protocol: '@sluice/event-stream',
  'plugin-kit': '@sluice/provider-kit',
  plugin: '@sluice/providers/openai',
  domain: '@sluice/usage',
  dispatch: '@sluice/dispatch',
  infra: '@sluice/telemetry',
  distribution: '@sluice/distribution',
  mock: '@sluice/mock-upstream',
  testing: '@sluice/testing',
  app: '@sluice/gateway',
  tool: '@sluice/bench',
};

/** The arrows: what files of a layer may import, and what its specs may import in addition. Everything else is forbidden. */
export const ARROWS: readonly (readonly [Layer, readonly Layer[], readonly Layer[]])[] = [
  ['core', ['core'], []],
  ['protocol', ['core', 'protocol'], ['testing']],
  ['plugin-kit', ['core', 'protocol'], ['mock', 'testing']],
  ['plugin', ['core', 'protocol', 'plugin-kit'], ['mock', 'testing']],
  ['domain', ['core', 'protocol', 'plugin-kit', 'domain'], ['testing']],
  ['dispatch', ['core', 'protocol', 'plugin-kit', 'domain', 'dispatch'], ['distribution', 'mock', 'testing']],
  ['infra', ['core', 'protocol', 'plugin-kit', 'domain', 'dispatch', 'infra'], ['testing']],
  ['distribution', ['plugin', 'distribution'], ['plugin-kit']],
  ['mock', ['core', 'protocol', 'mock'], ['testing']],
  ['testing', ['core', 'testing'], []],
  [
    'app',
    ['core', 'protocol', 'plugin-kit', 'domain', 'dispatch', 'infra', 'distribution', 'mock', 'app'],
    ['testing'],
  ],
  ['tool', ['core', 'protocol', 'plugin-kit', 'plugin', 'domain', 'distribution', 'mock', 'app'], ['testing']],
];
