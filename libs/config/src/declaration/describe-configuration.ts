import type { ProviderDescriptor } from '@sluice/provider-kit';
import type { z } from 'zod';
import { configurationSchema } from './configuration-schema.js';
import { describeType } from './describe-type.js';
import type { SettingFacts } from './setting.js';
import { unwrapSchema } from './walk-schema.js';

/** One setting of the reference. */
export interface SettingDescription {
  /** `server.port`, `accounts[].baseUrl`. */
  readonly path: string;
  /** The provider that the member belongs to; undefined = everybody's. Two providers may have a member of the same path. */
  readonly provider: string | undefined;
  /** What is allowed, in words. */
  readonly type: string;
  /** As it would stand in the file, or in words; undefined = the setting is required. */
  readonly default: string | undefined;
  readonly description: string;
  /** True = a change takes effect with the next request, false = with the next start. */
  readonly hot: boolean;
  readonly secret: boolean;
  /** The environment variable that overrides the file. */
  readonly environment: string | undefined;
  /** The command line's name of it. */
  readonly flag: SettingFacts['flag'];
}

/** Every setting there is, in the order of declaration; the providers' members follow the common ones of an account. */
export function describeConfiguration(providers: readonly ProviderDescriptor[]): readonly SettingDescription[] {
  const accountMembers = providers.flatMap((provider) =>
    describe(provider.settings, 'accounts[]').map((row) => ({
      ...row,
      provider: provider.id,
      hot: true,
      secret: row.secret || isSecretMember(provider, row.path),
    })),
  );
  return Object.entries(configurationSchema.shape).flatMap(([name, schema]) => [
    ...describe(schema, name),
    ...(name === 'accounts' ? accountMembers : []),
  ]);
}

function isSecretMember(provider: ProviderDescriptor, path: string): boolean {
  return provider.secretSettings?.some((name) => path === `accounts[].${name}`) ?? false;
}

function describe(schema: z.core.$ZodType, path: string): readonly SettingDescription[] {
  const { core, facts } = unwrapSchema(schema);
  const definition = core._zod.def;
  if (facts['asOneRow'] === true) return [describeSetting(schema, path)];
  if (definition.type === 'object') {
    return Object.entries(definition.shape).flatMap(([name, member]) => describe(member, `${path}.${name}`));
  }
  if (definition.type === 'array' && unwrapSchema(definition.element).core._zod.def.type === 'object') {
    return describe(definition.element, `${path}[]`);
  }
  return [describeSetting(schema, path)];
}

function describeSetting(schema: z.core.$ZodType, path: string): SettingDescription {
  const { facts: metadata, defaultValue, isOptional } = unwrapSchema(schema);
  const facts = metadata as SettingFacts; // written by `hot` and `restart`; a provider's own metadata has none of these members
  return {
    path,
    provider: undefined,
    type: describeType(schema),
    default: facts.defaultText ?? describeDefault(defaultValue, isOptional),
    description: typeof metadata.description === 'string' ? metadata.description : '',
    hot: metadata.effect !== 'restart',
    secret: facts.secret ?? false,
    environment: facts.environment,
    flag: facts.flag,
  };
}

function describeDefault(value: unknown, isOptional: boolean): string | undefined {
  if (value === undefined) return isOptional ? 'none' : undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
