import { LaterAttempts, type Credential } from '@sluice/provider-kit';
import { SilentLogger, type LogFields } from '@sluice/core';
import type { KiroLogin } from '../login/kiro-login.js';
import { credentialOf, seedOf } from '../login/login-details.js';
import type { KiroCredentialSource } from '../sources/kiro-credential-source.js';
import { LoginFileError } from '../sources/login-file-error.js';
import { LoginLedger } from './login-ledger.js';
import { refusalOf } from './refusal.js';
import { RefusalError } from './refusal-error.js';
import { renewLogin } from './renew-login.js';

const NOW_MS = Date.UTC(2026, 0, 1);
const HOUR_MS = 3_600_000;
const MACHINE = 'c'.repeat(64);

const login = (token: number, leftMs: number | undefined = 0): KiroLogin => ({
  authMethod: 'social',
  accessToken: `aoa-${token}`,
  refreshToken: `aor-${token}`,
  machineId: MACHINE,
  ...(leftMs === undefined ? {} : { expiresAtMs: NOW_MS + leftMs }),
});

/** Nothing has been read yet: what an account begins with. */
const pointer = (declared: KiroLogin): Credential => ({
  kind: 'oauth',
  secret: '',
  expiresAtMs: 0,
  details: { seed: seedOf(declared) },
});

const DEAD = new RefusalError(refusalOf({ status: 400, headers: {}, value: { error: 'invalid_grant' } }));
const AWAY = new RefusalError(refusalOf({ status: 503, headers: {}, value: {} }));

class WarningLogger extends SilentLogger {
  readonly warnings: LogFields[] = [];

  override warn(_message?: string, fields: LogFields = {}): void {
    this.warnings.push(fields);
  }
}

/** A source whose content the test changes, as other programs do. */
class ScriptedSource implements KiroCredentialSource {
  readonly place = 'credentials.json';
  reads = 0;
  /** Nothing can be written. */
  isBroken = false;
  readonly written: KiroLogin[] = [];
  write?: (renewed: KiroLogin, replaced: KiroLogin) => Promise<boolean>;

  constructor(
    public kept: KiroLogin,
    mode: 'written' | 'read-only' | 'failing' = 'written',
  ) {
    if (mode === 'read-only') return;
    this.isBroken = mode === 'failing';
    this.write = async (renewed, replaced) => {
      if (this.isBroken) throw Object.assign(new Error('x'), { code: 'EROFS' });
      if (this.kept.refreshToken !== replaced.refreshToken) return false;
      this.kept = renewed;
      this.written.push(renewed);
      return true;
    };
  }

  async read(): Promise<KiroLogin> {
    this.reads += 1;
    return this.kept;
  }

  exclusively<T>(action: () => Promise<T>): Promise<T> {
    return action();
  }
}

function setUp(
  source: KiroCredentialSource | undefined,
  declared: KiroLogin,
  complete = async (found: KiroLogin): Promise<KiroLogin> => found,
) {
  const asked: string[] = [];
  const answers: (KiroLogin | Error | (() => KiroLogin | Error))[] = [];
  const ledger = new LoginLedger();
  const logger = new WarningLogger();
  const later = new LaterAttempts(() => () => {});
  const renew = (tried: Credential, nowMs = NOW_MS) =>
    renewLogin({
      tried,
      source,
      declaredSeed: seedOf(declared),
      defaultMachineId: undefined,
      accountId: 'kiro-1',
      nowMs,
      ask: async (current) => {
        asked.push(current.refreshToken ?? '');
        const next = answers.shift();
        const answer = typeof next === 'function' ? next() : next;
        if (answer instanceof Error) throw answer;
        if (answer === undefined) throw new Error('nothing was scripted');
        return { ...current, ...answer };
      },
      complete,
      ledger,
      later,
      logger,
    });
  return { asked, answers, renew, logger, later };
}

describe('renewLogin', () => {
  describe('of a login that is kept in a file', () => {
    it('takes a token that is still good, without asking anybody', async () => {
      const source = new ScriptedSource(login(1, HOUR_MS));
      const { renew, asked } = setUp(source, login(1));

      const credential = await renew(pointer(login(1)));

      expect(credential).toMatchObject({ secret: 'aoa-1', expiresAtMs: NOW_MS + HOUR_MS - 300_000 });
      expect(asked).toEqual([]);
      expect(source.written).toEqual([]);
    });

    it.each([
      ['has less than five minutes', 240_000],
      ['ends nobody knows when', undefined],
    ])('renews a token that %s, and writes it back', async (_name, leftMs) => {
      const source = new ScriptedSource(login(1, leftMs));
      const { renew, asked, answers } = setUp(source, login(1));
      answers.push(login(2, HOUR_MS));

      const credential = await renew(pointer(login(1)));

      expect(asked).toEqual(['aor-1']);
      expect(credential).toMatchObject({ secret: 'aoa-2', details: { refreshToken: 'aor-2' } });
      expect(source.kept).toMatchObject({ accessToken: 'aoa-2', refreshToken: 'aor-2', machineId: MACHINE });
    });

    it('takes what somebody else has renewed', async () => {
      const source = new ScriptedSource(login(1));
      const { renew, asked, answers } = setUp(source, login(1));
      answers.push(login(2, HOUR_MS));
      const first = await renew(pointer(login(1)));
      source.kept = login(3, 2 * HOUR_MS);

      const second = await renew(first, NOW_MS + HOUR_MS);

      expect(second).toMatchObject({ secret: 'aoa-3' });
      expect(asked).toEqual(['aor-1']);
    });

    it('takes a newer access token also where the refresh token has stayed', async () => {
      const source = new ScriptedSource(login(1), 'read-only');
      const { renew, asked } = setUp(source, login(1));
      const tried = credentialOf({ ...login(1), accessToken: 'old' }, [seedOf(login(1))]);
      source.kept = login(1, HOUR_MS);

      expect(await renew(tried)).toMatchObject({ secret: 'aoa-1' });
      expect(asked).toEqual([]);
    });

    it('renews a token that the vendor refuses before its time', async () => {
      const source = new ScriptedSource(login(1, HOUR_MS));
      const { renew, answers } = setUp(source, login(1));
      const refused = await renew(pointer(login(1)));
      answers.push(login(2, HOUR_MS));

      expect(await renew(refused)).toMatchObject({ secret: 'aoa-2' });
    });

    it('reads again when the refresh token is used up, and takes the good token that is there', async () => {
      const source = new ScriptedSource(login(1));
      const { renew, asked, answers } = setUp(source, login(1));
      answers.push(() => {
        source.kept = login(2, HOUR_MS);
        return DEAD;
      });

      expect(await renew(pointer(login(1)))).toMatchObject({ secret: 'aoa-2' });
      expect(asked).toEqual(['aor-1']);
    });

    it('reads again when the refresh token is used up, and renews once with the new one', async () => {
      const source = new ScriptedSource(login(1));
      const { renew, asked, answers } = setUp(source, login(1));
      answers.push(
        () => {
          source.kept = login(2);
          return DEAD;
        },
        login(3, HOUR_MS),
      );

      expect(await renew(pointer(login(1)))).toMatchObject({ secret: 'aoa-3' });
      expect(asked).toEqual(['aor-1', 'aor-2']);
      expect(source.kept).toMatchObject({ refreshToken: 'aor-3' });
    });

    it('73: does not ask again for a dead login, but for the one that takes its place', async () => {
      const source = new ScriptedSource(login(1));
      const { renew, asked, answers } = setUp(source, login(1));
      answers.push(DEAD, login(3, HOUR_MS));

      await expect(renew(pointer(login(1)))).rejects.toMatchObject({ kind: 'upstream_auth_failed' });
      await expect(renew(pointer(login(1)))).rejects.toMatchObject({ kind: 'upstream_auth_failed' });
      expect(asked).toEqual(['aor-1']);

      source.kept = login(2);
      expect(await renew(pointer(login(1)))).toMatchObject({ secret: 'aoa-3' });
      expect(asked).toEqual(['aor-1', 'aor-2']);
    });

    it('does not read again for a failure that passes', async () => {
      const source = new ScriptedSource(login(1));
      const { renew, answers } = setUp(source, login(1));
      answers.push(AWAY);

      await expect(renew(pointer(login(1)))).rejects.toMatchObject({ kind: 'upstream_overloaded' });
      expect(source.reads).toBe(1);
    });

    it('stays the login that was declared, however often it is renewed or replaced', async () => {
      const source = new ScriptedSource(login(1));
      const { renew, answers } = setUp(source, login(1));
      answers.push(login(2, HOUR_MS), login(4, HOUR_MS));
      const first = await renew(pointer(login(1)));
      source.kept = login(3);
      const second = await renew(first, NOW_MS + HOUR_MS);

      expect(first.details?.['seed']).toBe(`${seedOf(login(1))} ${seedOf(login(2))}`);
      expect(second.details?.['seed']).toBe(`${seedOf(login(1))} ${seedOf(login(4))}`);
    });

    it('derives a machine once, and keeps it while the tokens change', async () => {
      const withoutMachine = (found: KiroLogin): KiroLogin => {
        const { machineId, ...others } = found;
        return machineId === undefined ? found : others;
      };
      const source = new ScriptedSource(withoutMachine(login(1)), 'read-only');
      const { renew, answers } = setUp(source, login(1));
      answers.push(withoutMachine(login(2, HOUR_MS)), withoutMachine(login(3, HOUR_MS)));

      const first = await renew(pointer(login(1)));
      const second = await renew(first, NOW_MS + HOUR_MS);

      // sha256 of KotlinNativeAPI/aor-1
      expect(first.details?.['machineId']).toBe('2ab0c0ddb3afa31476ff89de9da7a4a51c0e04696c1c7685ec1190b344848de8');
      expect(second.details?.['machineId']).toBe('2ab0c0ddb3afa31476ff89de9da7a4a51c0e04696c1c7685ec1190b344848de8');
    });

    it('says what is wrong with the file', async () => {
      const source = new ScriptedSource(login(1));
      source.read = () => Promise.reject(new LoginFileError('credentials.json', '[0].refreshToken', 'is shortened'));
      const { renew } = setUp(source, login(1));

      await expect(renew(pointer(login(1)))).rejects.toMatchObject({
        kind: 'upstream_auth_failed',
        message: 'credentials.json: [0].refreshToken is shortened.',
      });
    });
  });

  describe.each(['read-only', 'failing'] as const)('of a login that is kept where it is %s', (mode) => {
    it('goes on with its own renewed token while the source stays as it was', async () => {
      const source = new ScriptedSource(login(1), mode);
      const { renew, asked, answers } = setUp(source, login(1));
      answers.push(login(2, HOUR_MS), login(3, HOUR_MS));

      const first = await renew(pointer(login(1)));
      const second = await renew(first, NOW_MS + HOUR_MS);

      expect(asked).toEqual(['aor-1', 'aor-2']);
      expect(second).toMatchObject({ secret: 'aoa-3' });
      expect(source.kept).toEqual(login(1));
    });

    it('changes over when the source has another login', async () => {
      const source = new ScriptedSource(login(1), mode);
      const { renew, asked, answers } = setUp(source, login(1));
      answers.push(login(2, HOUR_MS), login(9, HOUR_MS));
      const first = await renew(pointer(login(1)));
      source.kept = login(8);

      const second = await renew(first, NOW_MS + HOUR_MS);

      expect(asked).toEqual(['aor-1', 'aor-8']);
      expect(second).toMatchObject({ secret: 'aoa-9' });
    });
  });

  describe('when it cannot be written back', () => {
    it('warns once, however often that happens, and without a secret', async () => {
      const { renew, answers, logger } = setUp(new ScriptedSource(login(1), 'failing'), login(1));
      answers.push(login(2, HOUR_MS), login(3, HOUR_MS));

      const first = await renew(pointer(login(1)));
      await renew(first, NOW_MS + HOUR_MS);

      expect(logger.warnings).toEqual([{ accountId: 'kiro-1', place: 'credentials.json', reason: 'EROFS' }]);
    });

    it('writes the newest login back later', async () => {
      const source = new ScriptedSource(login(1), 'failing');
      const { renew, answers, later } = setUp(source, login(1));
      answers.push(login(2, HOUR_MS), login(3, 2 * HOUR_MS));
      const first = await renew(pointer(login(1)));
      await renew(first, NOW_MS + HOUR_MS);
      source.isBroken = false;

      await later.tryNow();

      expect(source.written).toMatchObject([{ refreshToken: 'aor-3' }]);
      expect(later.has('credentials.json')).toBe(false);
    });

    it('leaves alone what somebody else has put there meanwhile', async () => {
      const source = new ScriptedSource(login(1), 'failing');
      const { renew, answers, later } = setUp(source, login(1));
      answers.push(login(2, HOUR_MS));
      await renew(pointer(login(1)));
      source.isBroken = false;
      source.kept = login(8);

      await later.tryNow();

      expect(source.kept).toEqual(login(8));
      expect(later.has('credentials.json')).toBe(false);
    });
  });

  it('writes back what the vendor granted before it asks for anything else', async () => {
    const source = new ScriptedSource(login(1));
    const writtenThen: number[] = [];
    const { renew, answers } = setUp(source, login(1), async (found) => {
      writtenThen.push(source.written.length);
      return { ...found, profileArn: 'arn:found' };
    });
    answers.push(login(2, HOUR_MS));

    await renew(pointer(login(1)));

    expect(writtenThen).toEqual([1]);
    expect(source.kept).toMatchObject({ refreshToken: 'aor-2', profileArn: 'arn:found' });
  });

  it('renews an inline login from itself', async () => {
    const { renew, asked, answers } = setUp(undefined, login(1));
    answers.push(login(2, HOUR_MS));
    const tried = credentialOf(login(1), ['declared']);

    const credential = await renew(tried);

    expect(asked).toEqual(['aor-1']);
    expect(credential).toMatchObject({ secret: 'aoa-2', details: { seed: 'declared' } });
  });
});
