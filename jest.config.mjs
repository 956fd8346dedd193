import { existsSync, readdirSync } from 'node:fs';

const projects = ['apps', 'libs', 'tools']
  .flatMap((root) => (existsSync(root) ? readdirSync(root).map((name) => `${root}/${name}`) : []))
  .filter((directory) => existsSync(`${directory}/src`));

const swc = [
  '@swc/jest',
  {
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', decorators: true, tsx: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
      keepClassNames: true,
    },
    module: { type: 'es6' },
    sourceMaps: 'inline',
  },
];

export default {
  maxWorkers: 2,
  workerIdleMemoryLimit: '600MB', // the module graphs of ESM specs are not freed in band
  projects: projects.map((directory) => ({
    displayName: directory,
    rootDir: `<rootDir>/${directory}`,
    testEnvironment: 'node',
    testMatch: ['<rootDir>/src/**/*.spec.ts'],
    extensionsToTreatAsEsm: ['.ts'],
    testEnvironmentOptions: { customExportConditions: ['@sluice/source', 'node', 'node-addons'] },
    transform: { '^.+\\.tsx?$': swc },
    moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  })),
};
