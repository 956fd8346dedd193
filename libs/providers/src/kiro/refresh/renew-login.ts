import {
  FileLockError,
  GatewayError,
  systemErrorCode,
  type Credential,
  type LaterAttempts,
} from '@sluice/provider-kit';
import type { Logger } from '@sluice/core';
import type { KiroLogin } from '../login/kiro-login.js';
import { credentialOf, isUsable, loginOf, seedOf } from '../login/login-details.js';
import { machineIdOf, normaliseMachineId } from '../machine-id.js';
import type { KiroCredentialSource } from '../sources/kiro-credential-source.js';
import { LoginFileError } from '../sources/login-file-error.js';
import type { LoginLedger } from './login-ledger.js';
import { RefusalError } from './refusal-error.js';

export interface LoginRenewal {
  /** What is to be replaced: run out, or refused by the vendor. */
  readonly tried: Credential;
  /** Undefined = the login is declared inline, and nobody else renews it. */
  readonly source: KiroCredentialSource | undefined;
  /** Of the login that was there when the account was declared; undefined = the credential store alone knows it. */
  readonly declaredSeed: string | undefined;
  /** For a login that has none of its own. */
  readonly defaultMachineId: string | undefined;
  readonly accountId: string;
  readonly nowMs: number;
  /** @throws RefusalError, GatewayError */
  readonly ask: (login: KiroLogin) => Promise<KiroLogin>;
  /** Finds what a login lacks beside its tokens. Never throws. */
  readonly complete: (login: KiroLogin) => Promise<KiroLogin>;
  readonly ledger: LoginLedger;
  /** Tries again what could not be written back. */
  readonly later: LaterAttempts;
  readonly logger: Logger;
}

/**
 * The credential that takes the place of another.
 *
 * A login that is kept elsewhere is read again first, while no other process renews it: somebody may have renewed it already,
 * or logged in anew. Only when nothing new is there the vendor is asked; when it says that the refresh token is used up, another
 * program was faster, and its token is read once more. What the vendor grants goes back before anybody uses it; where that
 * cannot be, it lives on in the credential store.
 * @throws GatewayError `upstream_auth_failed` when the login is dead; else why it could not be renewed now
 */
export async function renewLogin(renewal: LoginRenewal): Promise<Credential> {
  const { source } = renewal;
  try {
    return source === undefined
      ? await renewOwn(renewal)
      : await source.exclusively(() => renewKept({ ...renewal, source }));
  } catch (error) {
    throw explain(error, source?.place);
  }
}

async function renewOwn(renewal: LoginRenewal): Promise<Credential> {
  const login = loginOf(renewal.tried);
  const seed = renewal.tried.details?.['seed'];
  const renewed = await renewal.complete(await ask(renewal, login));
  return credentialOf(renewed, seed === undefined ? [] : [seed]);
}

interface KeptRenewal extends LoginRenewal {
  readonly source: KiroCredentialSource;
}

async function renewKept(renewal: KeptRenewal): Promise<Credential> {
  const found = withMachine(renewal, await renewal.source.read());
  const login = newest(renewal.tried, found, renewal.nowMs);
  if (isFresh(renewal, login)) return adopt(renewal, login);
  try {
    return await replace(renewal, login, found);
  } catch (error) {
    if (!(error instanceof GatewayError) || error.kind !== 'upstream_auth_failed') throw error;
    const again = withMachine(renewal, await renewal.source.read());
    if (isFresh(renewal, again) && again.accessToken !== found.accessToken) return adopt(renewal, again);
    if (again.refreshToken === found.refreshToken) throw error;
    return replace(renewal, again, again);
  }
}

/** Takes what the source has. */
async function adopt(renewal: KeptRenewal, found: KiroLogin): Promise<Credential> {
  const completed = await renewal.complete(found);
  if (completed !== found) await writeBack(renewal, completed, found);
  return credentialOf(completed, seedsOf(renewal, found));
}

async function replace(renewal: KeptRenewal, login: KiroLogin, found: KiroLogin): Promise<Credential> {
  const granted = await ask(renewal, login);
  // at once: whoever ends this process now would take the login along
  let isKept = await writeBack(renewal, granted, found);
  const renewed = await renewal.complete(granted);
  if (renewed !== granted) isKept = (await writeBack(renewal, renewed, isKept ? granted : found)) || isKept;
  return credentialOf(renewed, seedsOf(renewal, isKept ? renewed : found));
}

/** The last seed is what the source has: while it has that, whatever was renewed since is newer. */
function seedsOf({ declaredSeed }: LoginRenewal, kept: KiroLogin): readonly string[] {
  return [...(declaredSeed === undefined ? [] : [declaredSeed]), seedOf(kept)];
}

/** The login to go on from: what we renewed last, unless the source has something that came after it. */
function newest(tried: Credential, found: KiroLogin, nowMs: number): KiroLogin {
  const mine = loginOf(tried);
  const isUnchanged = tried.details?.['seed']?.split(' ').at(-1) === seedOf(found);
  if (mine.refreshToken === undefined || !isUnchanged) return found;
  const isOvertaken = isUsable(found, nowMs) && (found.expiresAtMs ?? 0) > (mine.expiresAtMs ?? 0);
  return isOvertaken ? found : { ...found, ...mine };
}

function isFresh({ tried, nowMs }: LoginRenewal, login: KiroLogin): boolean {
  return isUsable(login, nowMs) && login.accessToken !== tried.secret;
}

/** A machine stays the same while its tokens change, so what was derived once is kept. */
function withMachine({ tried, defaultMachineId, accountId }: LoginRenewal, found: KiroLogin): KiroLogin {
  const declared = normaliseMachineId(found.machineId) ?? tried.details?.['machineId'] ?? defaultMachineId;
  return { ...found, machineId: machineIdOf({ declared, refreshToken: found.refreshToken, accountId }) };
}

/** @returns whether the source has the renewed login now; else it is tried again later */
async function writeBack(
  { source, logger, accountId, later }: KeptRenewal,
  renewed: KiroLogin,
  found: KiroLogin,
): Promise<boolean> {
  const { place } = source;
  const write = source.write?.bind(source);
  if (write === undefined) return false;
  try {
    const isWritten = await write(renewed, found);
    later.delete(place);
    return isWritten;
  } catch (error) {
    const isFirst = !later.has(place);
    later.add(place, async () => {
      if (await source.exclusively(() => write(renewed, found)))
        logger.info('a renewed login that could not be written back before is written back now', { accountId, place });
    });
    if (!isFirst) return false; // said already
    const reason = systemErrorCode(error) ?? (error instanceof Error ? error.name : 'unknown');
    logger.warn(
      'a renewed login could not be written back; it is kept in the credential store and tried again from time to time. ' +
        'Make room on the disk, or let Sluice write to the file and its folder: until then other programs find a used login there',
      { accountId, place, reason },
    );
    return false;
  }
}

async function ask({ ledger, ask: askVendor }: LoginRenewal, login: KiroLogin): Promise<KiroLogin> {
  const seed = seedOf(login);
  const verdict = ledger.verdictOn(seed);
  if (verdict !== undefined) throw verdict;
  try {
    const renewed = await askVendor(login);
    ledger.noteSuccess(seed);
    return renewed;
  } catch (error) {
    throw error instanceof RefusalError ? ledger.noteRefusal(seed, error.refusal) : error;
  }
}

function explain(error: unknown, place: string | undefined): unknown {
  if (error instanceof LoginFileError) {
    return new GatewayError({ kind: 'upstream_auth_failed', message: error.message, cause: error });
  }
  if (error instanceof FileLockError) {
    const message = `Another process has been renewing the login of ${place ?? 'the account'} for too long.`;
    return new GatewayError({ kind: 'upstream_silent', message, cause: error });
  }
  return error;
}
