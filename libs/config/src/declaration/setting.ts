import type { z } from 'zod';

/** When a changed setting takes effect: with the next request, or with the next start. */
export type SettingEffect = 'hot' | 'restart';

/** What a setting declares beside its check and its default. */
export interface SettingFacts {
  /** Redacted wherever settings are shown. */
  readonly secret?: true;
  /** The environment variable that overrides the file. */
  readonly environment?: string;
  /** The flag that overrides both, as {@link ConfigurationFlags} names it. */
  readonly flag?: keyof ConfigurationFlags;
  /** The default in words, where it is another setting or depends on something. */
  readonly defaultText?: string;
  /** One row of the reference, whatever it is made of: another page tells of its members. */
  readonly asOneRow?: true;
}

/** What the command line can set. Undefined = not given. */
export interface ConfigurationFlags {
  readonly host?: string | undefined;
  readonly port?: string | number | undefined;
  readonly allowUnauthenticated?: boolean | undefined;
  readonly logLevel?: string | undefined;
  readonly logFile?: string | undefined;
  /** In milliseconds. */
  readonly shutdownTimeout?: number | undefined;
  readonly data?: string | undefined;
  readonly database?: string | undefined;
}

/** Declares a setting that takes effect with the next request. @param description one sentence, with the unit */
export function hot<S extends z.ZodType>(schema: S, description: string, facts: SettingFacts = {}): S {
  return schema.meta({ description, effect: 'hot' satisfies SettingEffect, ...facts });
}

/** Declares a setting that takes effect with the next start. @param description one sentence, with the unit */
export function restart<S extends z.ZodType>(schema: S, description: string, facts: SettingFacts = {}): S {
  return schema.meta({ description, effect: 'restart' satisfies SettingEffect, ...facts });
}
