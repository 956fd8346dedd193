import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startMockUpstream, type MockUpstream } from '@sluice/mock-upstream';
import { directoryWith, outcomeOf, sluice, START_TIMEOUT_MS } from '../__fixtures__/sluice-process.js';
import {
  breakDisk,
  countLogged,
  killGateway,
  mendDisk,
  startGateway,
  type GatewayProcess,
} from './__fixtures__/gateway-process.js';
import { loginConfiguration } from './__fixtures__/login-configuration.js';
import { refreshToken, RotatingVendor } from './__fixtures__/rotating-vendor.js';
import { untilAllWait } from './__fixtures__/until-all-wait.js';

const KIRO_MODEL = 'claude-sonnet-4.5';
const kiroModel = (id: number): string => `kiro#${id}/${KIRO_MODEL}`;

beforeAll(async () => {
  await outcomeOf(sluice(['run', '--help'], directoryWith()));
}, START_TIMEOUT_MS);

describe('two gateways on one data directory and one file of logins', () => {
  let vendor: RotatingVendor;
  let kiro: MockUpstream;
  let directory: string;
  let gateways: readonly [GatewayProcess, GatewayProcess];

  beforeAll(async () => {
    [vendor, kiro] = await Promise.all([RotatingVendor.start(), startMockUpstream()]);
    const logins = loginConfiguration(vendor.url, ['stored', 'other', 'unsaved']);
    directory = directoryWith({
      'sluice.json': {
        ...logins,
        accounts: [
          ...logins.accounts,
          {
            id: 'kiro',
            provider: 'kiro',
            credentialsFile: 'credentials.json',
            endpoints: { inference: kiro.url, management: kiro.url, socialAuth: vendor.url, oidc: vendor.url },
            models: [KIRO_MODEL],
          },
        ],
      },
      'credentials.json': [1, 2, 3].map((id) => ({
        id,
        refreshToken: refreshToken(`kiro-${id}`),
        authMethod: 'social',
        note: `of another program, ${id}`,
      })),
    });
    gateways = await Promise.all([startGateway(directory), startGateway(directory)]);
  }, START_TIMEOUT_MS);

  afterAll(async () => {
    await Promise.all(gateways.map(killGateway));
    await Promise.all([vendor.stop(), kiro.stop()]);
    rmSync(directory, { recursive: true });
  });

  /** All gateways are asked at once, and nobody is answered before everybody waits. */
  async function askAllAtOnce(...models: readonly string[]) {
    vendor.onRenewal = async (stage) => (stage === 'asked' ? untilAllWait(gateways) : undefined);
    const answers = await Promise.all(models.flatMap((model) => gateways.map((gateway) => gateway.ask(model))));
    vendor.onRenewal = async () => {};
    return answers;
  }
  const stored = () => JSON.parse(readFileSync(join(directory, 'credentials.json'), 'utf8')) as unknown;

  it(
    'renew a login of the store once, and lose no other',
    async () => {
      const answers = await askAllAtOnce('claude-stored', 'claude-other');

      expect(answers.map((answer) => answer?.status)).toEqual([200, 200, 200, 200]);
      expect([vendor.renewalsOf('stored'), vendor.renewalsOf('other')]).toEqual([['stored'], ['other']]);
      expect((await gateways[1].ask('claude-stored'))?.text).toContain('served with stored 1');
    },
    START_TIMEOUT_MS,
  );

  it(
    'renew each login of the file once, and what else stands there stays',
    async () => {
      const answers = await askAllAtOnce(kiroModel(1), kiroModel(2));

      expect(answers.map((answer) => answer?.status)).toEqual([200, 200, 200, 200]);
      expect([vendor.renewalsOf('kiro-1'), vendor.renewalsOf('kiro-2')]).toEqual([['kiro-1'], ['kiro-2']]);
      expect(stored()).toMatchObject([
        {
          id: 1,
          refreshToken: refreshToken('kiro-1', 1),
          accessToken: 'access.kiro-1.1',
          note: 'of another program, 1',
        },
        {
          id: 2,
          refreshToken: refreshToken('kiro-2', 1),
          accessToken: 'access.kiro-2.1',
          note: 'of another program, 2',
        },
        { id: 3, refreshToken: refreshToken('kiro-3', 0), note: 'of another program, 3' },
      ]);
    },
    START_TIMEOUT_MS,
  );

  it(
    'go on with renewed logins in memory while the disk is full, say so once, and store them when there is room at their end',
    async () => {
      const [first, second] = gateways;
      breakDisk(directory, 'full');

      expect((await first.ask('claude-unsaved'))?.text).toContain('served with unsaved 1');
      expect((await first.ask('claude-unsaved'))?.text).toContain('served with unsaved 1');
      expect((await first.ask(kiroModel(3)))?.status).toBe(200);
      await first.prints(/a renewed login could not be written back/);
      expect(countLogged(first, 'a renewed credential could not be stored', 'unsaved')).toBe(1);
      expect(countLogged(first, 'a renewed login could not be written back', 'kiro#3')).toBe(1);
      expect(stored()).toMatchObject([{}, {}, { refreshToken: refreshToken('kiro-3', 0) }]);

      mendDisk(directory);
      first.child.kill('SIGTERM');
      expect(await first.exitCode()).toBe(0);

      expect((await second.ask('claude-unsaved'))?.text).toContain('served with unsaved 1');
      expect(vendor.renewalsOf('unsaved')).toEqual(['unsaved']);
      expect(stored()).toMatchObject([{}, {}, { refreshToken: refreshToken('kiro-3', 1) }]);
      expect((await second.ask(kiroModel(3)))?.status).toBe(200);
      expect(vendor.renewalsOf('kiro-3')).toEqual(['kiro-3']);
    },
    START_TIMEOUT_MS,
  );
});
