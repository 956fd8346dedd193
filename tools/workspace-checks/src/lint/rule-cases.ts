const TRANSLATOR = 'libs/translators/src/openai-chat/virtual.ts';
const PROVIDER = 'libs/providers/src/openai/virtual.ts';
const LOGIC = 'libs/routing/src/virtual.ts';
const NEST = "export { Module } from '@nestjs/common';";
const TYPEORM = "export { Entity } from 'typeorm';";
const STAR = "export * from './json.js';";
const WALL = /sees only its kit/;
const DYNAMIC = /No dynamic way around the wall/;
const FRAMEWORK = /Only modules, guards, filters and controllers import the framework/;
const DATABASE = /Only libs\/persistence speaks to the database/;
const BY_NAME = /Export by name/;

/** What Nx says of a forbidden arrow. */
export const FORBIDDEN_ARROW = /^A project tagged with "layer:[a-z-]+" can only depend on libs tagged with "layer:/;

/** Imports that must be refused, and in which words. */
export const FORBIDDEN_IMPORTS: readonly (readonly [what: string, file: string, text: string, message: RegExp])[] = [
  ['a format of its sibling', TRANSLATOR, "export { x } from '../anthropic-messages/format.js';", WALL],
  ['a format of its sibling by a detour', TRANSLATOR, "export { x } from './../anthropic-messages/format.js';", WALL],
  ['a format of its sibling by name', TRANSLATOR, "export { x } from '@sluice/translators/anthropic-messages';", WALL],
  [
    'a format of its sibling from below',
    'libs/translators/src/openai-chat/deep/virtual.ts',
    "export { x } from '../../anthropic-messages/format.js';",
    WALL,
  ],
  ['a format of the other kit', TRANSLATOR, "export { x } from '@sluice/provider-kit';", WALL],
  [
    'a spec of a sibling',
    'libs/translators/src/openai-chat/virtual.spec.ts',
    "export { x } from '../anthropic-messages/format.js';",
    WALL,
  ],
  ['a provider of its sibling', PROVIDER, "export { x } from '../anthropic/index.js';", WALL],
  ['a provider of its sibling by name', PROVIDER, "export { x } from '@sluice/providers/openai-compatible';", WALL],
  ['a provider of the other kit', PROVIDER, "export { x } from '@sluice/translator-kit';", WALL],
  ['a dynamic import of a sibling', TRANSLATOR, "export const x = import('../anthropic-messages/format.js');", DYNAMIC],
  [
    'a dynamic import by a detour',
    TRANSLATOR,
    "export const x = import('./../anthropic-messages/format.js');",
    DYNAMIC,
  ],
  ['a dynamic import by name', PROVIDER, "export const x = import('@sluice/providers/anthropic');", DYNAMIC],
  ['a dynamic import of a computed name', PROVIDER, 'export const x = import(`../anthropic/index.js`);', DYNAMIC],
  ['a provider of a format', PROVIDER, "export { x } from '@sluice/translators/openai-chat';", FORBIDDEN_ARROW],
  ['logic of the framework', LOGIC, NEST, FRAMEWORK],
  ["logic of the framework's insides", LOGIC, "export { x } from '@nestjs/core/injector';", FRAMEWORK],
  ["a provider's logic of the framework", PROVIDER, NEST, FRAMEWORK],
  ['logic of the database', LOGIC, TYPEORM, DATABASE],
  ['a module of the database', 'libs/routing/src/virtual.module.ts', TYPEORM, DATABASE],
  ['an app of the database', 'apps/gateway/src/virtual.ts', TYPEORM, DATABASE],
  [
    'a project of another by its path',
    LOGIC,
    "export { x } from '../../core/src/json.js';",
    /cannot be imported by a relative or absolute path/,
  ],
  [
    'a file of one that imports it',
    'libs/core/src/gateway-error-kind.ts',
    "import { GatewayError } from './gateway-error.js';\nexport const x = GatewayError;",
    /Dependency cycle detected/,
  ],
];

/** What else must be refused, by which rule and in which words. */
export const FORBIDDEN_CODE: readonly (readonly [
  what: string,
  file: string,
  text: string,
  rule: string,
  message: RegExp,
])[] = [
  ['export *', 'libs/core/src/virtual.ts', STAR, 'no-restricted-syntax', BY_NAME],
  ['export * of a format', TRANSLATOR, STAR, 'no-restricted-syntax', BY_NAME],
  ['export * of an app', 'apps/gateway/src/virtual.ts', STAR, 'no-restricted-syntax', BY_NAME],
  ['any', LOGIC, 'export const x: any = 1;', '@typescript-eslint/no-explicit-any', /Unexpected any/],
  [
    'any in a spec',
    'libs/routing/src/virtual.spec.ts',
    'export const x: any = 1;',
    '@typescript-eslint/no-explicit-any',
    /Unexpected any/,
  ],
  [
    'types imported as values',
    LOGIC,
    "import { Route } from './route.js';\nexport type X = Route;",
    '@typescript-eslint/consistent-type-imports',
    /only used as types/,
  ],
];

/** The good twins: the same files may do this. */
export const ALLOWED_CODE: readonly (readonly [what: string, file: string, text: string])[] = [
  [
    'a format of its own files and its kit',
    TRANSLATOR,
    "export { x } from './format.js';\nexport { y } from '@sluice/translator-kit';",
  ],
  [
    'a format of its own folder from below',
    'libs/translators/src/openai-chat/deep/virtual.ts',
    "export { x } from '../format.js';",
  ],
  ['a dynamic import of a package', PROVIDER, "export const x = import('undici');"],
  ['a module of the framework', 'libs/routing/src/virtual.module.ts', NEST],
  ["a provider's module of the framework", 'libs/providers/src/openai/virtual.module.ts', NEST],
  ['a spec of the framework', 'libs/routing/src/virtual.spec.ts', NEST],
  ['an app of the framework', 'apps/gateway/src/virtual.ts', NEST],
  ['a project of another by its name', LOGIC, "export { GatewayError } from '@sluice/core';"],
  ['a file of its neighbour', 'libs/core/src/gateway-error-kind.ts', "export type { JsonObject } from './json.js';"],
  ['types as types', LOGIC, "import type { Route } from './route.js';\nexport type X = Route;"],
  ['unknown', LOGIC, 'export const x: unknown = 1;'],
];
