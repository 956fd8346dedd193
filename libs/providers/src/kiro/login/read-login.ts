import { isJsonObject, type JsonObject } from '@sluice/core';
import { authMethodNamed, inferAuthMethod } from './auth-method.js';
import { REGION } from '../regions.js';
import type { AuthMethod, KiroLogin } from './kiro-login.js';
import { readInstant } from './read-instant.js';

/** How Kiro's programs shorten a token on the screen, from where people copy it. */
export const SHORTENED = '...';

/** Why a login cannot be used, as the end of a sentence that begins with where it stands. */
export class LoginProblem extends Error {
  override readonly name = 'LoginProblem';

  constructor(
    readonly member: string,
    problem: string,
  ) {
    super(problem);
  }
}

/**
 * Reads one login out of a JSON object of kiro-rs, Kiro's editor or its command line: camel case or snake case. Members that
 * are blank or `null` are not there; unknown ones are passed over.
 * @throws LoginProblem when what is there cannot be meant
 */
export function readLogin(value: unknown): KiroLogin {
  if (!isJsonObject(value)) throw new LoginProblem('', 'is not an object with a login');
  const apiKey = text(value, 'kiroApiKey') ?? text(value, 'apiKey');
  const clientId = text(value, 'clientId');
  const clientSecret = text(value, 'clientSecret');
  const authMethod = inferAuthMethod({ name: readMethod(value), apiKey, clientId, clientSecret });
  const expiresAtMs = readInstant(member(value, 'expiresAt'));
  const clientExpiresAtMs = readInstant(member(value, 'clientSecretExpiresAt'));
  return dropUndefined({
    authMethod,
    accessToken: token(value, 'accessToken'),
    expiresAtMs,
    refreshToken: token(value, 'refreshToken'),
    clientId,
    clientSecret,
    clientExpiresAtMs,
    tokenEndpoint: text(value, 'tokenEndpoint'),
    scope: readScope(value),
    apiKey,
    profileArn: text(value, 'profileArn'),
    startUrl: text(value, 'startUrl'),
    identityProvider: text(value, 'provider'),
    email: text(value, 'email'),
    region: regionText(value, 'region'),
    authRegion: regionText(value, 'authRegion'),
    apiRegion: regionText(value, 'apiRegion'),
    machineId: text(value, 'machineId'),
  });
}

/** Whether there is anything that a call could be sent or renewed with. */
export function hasSecret({ accessToken, refreshToken, apiKey }: KiroLogin): boolean {
  return accessToken !== undefined || refreshToken !== undefined || apiKey !== undefined;
}

function readMethod(value: JsonObject): AuthMethod | undefined {
  const name = text(value, 'authMethod');
  if (name === undefined) return undefined;
  const method = authMethodNamed(name);
  if (method === undefined) {
    throw new LoginProblem('authMethod', 'is none of social, idc, builder-id, iam, api_key, external_idp');
  }
  return method;
}

function readScope(value: JsonObject): string | undefined {
  const scopes = member(value, 'scopes');
  return text(value, 'scope') ?? (Array.isArray(scopes) && scopes.length > 0 ? scopes.join(' ') : undefined);
}

function token(value: JsonObject, name: string): string | undefined {
  const found = text(value, name);
  if (found?.includes(SHORTENED) === true) {
    throw new LoginProblem(name, 'is shortened with "..."; the whole token is needed');
  }
  return found;
}

function regionText(value: JsonObject, name: string): string | undefined {
  const found = text(value, name);
  if (found !== undefined && !REGION.test(found)) throw new LoginProblem(name, 'must be a region like us-east-1');
  return found;
}

function text(value: JsonObject, name: string): string | undefined {
  const found = member(value, name);
  if (typeof found !== 'string') return undefined;
  const trimmed = found.trim();
  return trimmed === '' ? undefined : trimmed;
}

/** @param name in camel case */
function member(value: JsonObject, name: string): unknown {
  return value[name] ?? value[snakeCase(name)];
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

type Loose<T> = { readonly [Name in keyof T]: T[Name] | undefined };

function dropUndefined(login: Loose<Required<KiroLogin>> & Pick<KiroLogin, 'authMethod'>): KiroLogin {
  const known = Object.entries(login).filter(([, found]) => found !== undefined);
  return Object.fromEntries(known) as unknown as KiroLogin; // only members of the type, without the absent ones
}
