import { readdirSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { directoryWith, outcomeOf, sluice, START_TIMEOUT_MS } from '../__fixtures__/sluice-process.js';
import {
  breakDisk,
  killGateway,
  mendDisk,
  startGateway,
  type DiskFault,
  type GatewayProcess,
} from './__fixtures__/gateway-process.js';
import { loginConfiguration } from './__fixtures__/login-configuration.js';
import { RotatingVendor, type RenewalStage } from './__fixtures__/rotating-vendor.js';

const STORE = 'credentials.sealed.json';
const KEY = 'encryption.key';

/** How a login is after a crash: what its next request is answered with, and what the vendor was asked. */
interface Aftermath {
  readonly status: number;
  readonly text: string | RegExp;
  readonly renewals: readonly string[];
}

const renewedOnce = (login: string): Aftermath => ({
  status: 200,
  text: `served with ${login} 1`,
  renewals: [login],
});
const grantedAgain = (login: string): Aftermath => ({ ...renewedOnce(login), renewals: [login, login] });
const lost = (login: string): Aftermath => ({
  status: 502,
  text: new RegExp(`The login of the account \\\\"${login}\\\\" has ended: .* Log in again`),
  renewals: [login, `!${login}`],
});

const BY_VENDOR: readonly [string, RenewalStage, (login: string) => Aftermath][] = [
  ['before-the-answer', 'asked', renewedOnce],
  ['after-the-rotation', 'rotated', lost],
];
/** The vendor takes a used refresh token once more (`lenient`), or does not. */
const BY_DISK: readonly [string, DiskFault, 'lenient' | 'strict', (login: string) => Aftermath][] = [
  ['half-written', 'half-written', 'strict', lost],
  ['before-the-rename', 'before-rename', 'lenient', grantedAgain],
  ['after-the-rename', 'after-rename', 'strict', renewedOnce],
];
const CASES = [...BY_VENDOR, ...BY_DISK].map(([name]) => name);

beforeAll(async () => {
  await outcomeOf(sluice(['run', '--help'], directoryWith()));
}, START_TIMEOUT_MS);

describe('a gateway that is killed while it renews a login', () => {
  let vendor: RotatingVendor;
  let directory: string;
  /** The life that is to be ended by the next test. */
  let gateway: GatewayProcess;

  beforeAll(async () => {
    vendor = await RotatingVendor.start();
    const names = ['keeper', ...CASES, ...CASES.map((name) => `${name}-sweep`)];
    directory = directoryWith({ 'sluice.json': loginConfiguration(vendor.url, names) });
    gateway = await startGateway(directory);
    expect(await gateway.ask('claude-keeper')).toMatchObject({ status: 200 });
  }, START_TIMEOUT_MS);

  afterEach(() => mendDisk(directory));

  afterAll(async () => {
    await killGateway(gateway);
    await vendor.stop();
    rmSync(directory, { recursive: true });
  });

  const dataFiles = (): string[] => readdirSync(join(directory, 'data')).sort();
  const isLeftover = (name: string): boolean => name.startsWith(`.${STORE}.`);

  /** The next life has the login in this state, has lost no other, and leaves nothing of the dead one behind. */
  async function expectAftermath(login: string, { status, text, renewals }: Aftermath): Promise<void> {
    mendDisk(directory);
    gateway = await startGateway(directory);
    const answer = await gateway.ask(`claude-${login}`);
    expect(answer?.status).toBe(status);
    expect(answer?.text).toEqual(
      typeof text === 'string' ? expect.stringContaining(text) : expect.stringMatching(text),
    );
    expect(vendor.renewalsOf(login)).toEqual(renewals);
    expect((await gateway.ask('claude-keeper'))?.text).toContain('served with keeper 1');
    expect(vendor.renewalsOf('keeper')).toEqual(['keeper']);

    for (const name of dataFiles().filter(isLeftover)) {
      utimesSync(join(directory, 'data', name), new Date(0), new Date(0)); // as if some time had passed
    }
    expect((await gateway.ask(`claude-${login}-sweep`))?.status).toBe(200);
    const isRenewalLock = (name: string): boolean => /^renewal-.*\.lock$/.test(name); // of a login that has not been renewed again
    expect(dataFiles().filter((name) => !isRenewalLock(name))).toEqual([STORE, KEY]);
  }

  it.each(BY_VENDOR)(
    '%s: goes on as it can',
    async (login, stage, aftermath) => {
      vendor.onRenewal = async (now, asked) => {
        if (now !== stage || asked !== login) return;
        await killGateway(gateway);
        throw new Error('nobody is there to be answered');
      };

      expect(await gateway.ask(`claude-${login}`)).toBeUndefined();
      vendor.onRenewal = async () => {};

      await expectAftermath(login, aftermath(login));
    },
    START_TIMEOUT_MS,
  );

  it.each(BY_DISK)(
    '%s: goes on as it can',
    async (login, fault, kind, aftermath) => {
      if (kind === 'lenient') vendor.lenientTo.add(login);
      breakDisk(directory, fault);

      expect(await gateway.ask(`claude-${login}`)).toBeUndefined();
      await gateway.exitCode();
      expect(dataFiles().filter(isLeftover)).toHaveLength(fault === 'after-rename' ? 0 : 1);

      await expectAftermath(login, aftermath(login));
    },
    START_TIMEOUT_MS,
  );
});

describe('a gateway that is killed while it makes its key', () => {
  it(
    'makes another one in its next life: half a key is none',
    async () => {
      const vendor = await RotatingVendor.start();
      vendor.lenientTo.add('first');
      const directory = directoryWith({ 'sluice.json': loginConfiguration(vendor.url, ['first']) });
      const dying = await startGateway(directory);
      breakDisk(directory, 'half-written', KEY);
      expect(await dying.ask('claude-first')).toBeUndefined();
      await dying.exitCode();
      mendDisk(directory);

      const gateway = await startGateway(directory);

      expect((await gateway.ask('claude-first'))?.text).toContain('served with first 1');
      await killGateway(gateway);
      await vendor.stop();
      rmSync(directory, { recursive: true });
    },
    START_TIMEOUT_MS,
  );
});
