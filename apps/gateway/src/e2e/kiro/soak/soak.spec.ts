import { AccountPool, ManagedAccounts } from '@sluice/accounts';
import { sendRaw, seededRandom } from '@sluice/testing';
import { anthropicClient, openAiClient } from '../../harness/format-client.js';
import { startTestGateway, type TestGateway } from '../../harness/start-test-gateway.js';
import { CLIENT_KEY } from '../../harness/test-configuration.js';
import { askCase } from './ask-case.js';
import { judgeCase } from './judge-case.js';
import { soakAccounts, tokenOf, WELL, type SoakAccount } from './soak-accounts.js';
import { soakCases, type SoakCase } from './soak-cases.js';
import { FORGETFUL_USES, SLOW_REFUSALS, SoakVendor } from './soak-vendor.js';

const SEED = 20_261_121;
const CASES = 2_000;
/** Requests that are under way together. */
const CONCURRENCY = 16;
const SHOWN_PROBLEMS = 5;
const TIMEOUT_MS = 120_000;
const ADMIN_KEY = 'admin-secret-of-the-soak-4716';

describe('many requests over good and bad Kiro accounts', () => {
  let test: TestGateway;
  let vendor: SoakVendor;
  const cases = soakCases(CASES, seededRandom(SEED));
  const problems: string[] = [];
  /** Rows of the admin API, by account. */
  let rows: Readonly<Record<string, object>>;
  /** When the first and the last request began, by the gateway's own clock. */
  let firstAtMs: number;
  let lastAtMs: number;

  beforeAll(async () => {
    test = await startTestGateway();
    vendor = new SoakVendor(test.vendor);
    await test.configure({
      apiKeys: [
        { name: 'app', key: CLIENT_KEY },
        { name: 'boss', key: ADMIN_KEY, scopes: ['admin'] },
      ],
      accounts: soakAccounts(test.vendor.url),
      retry: { maxWaitMs: 0, maxAttempts: 20 },
      routing: { circuitBreaker: { enabled: false }, retryBudget: { percent: 1_000, minPerSecond: 10_000 } },
    });
    const clients = { openai: openAiClient(test.url), anthropic: anthropicClient(test.url) };
    await inParallel(cases, CONCURRENCY, async (soakCase) => {
      const followed = vendor.follow(soakCase);
      const answer = await askCase(clients, soakCase);
      followed.stop();
      problems.push(...[judgeCase(soakCase, answer, followed)].filter((problem) => problem !== undefined));
    });
    await test.ledger.allSettled();
    const startsMs = test.ledger.usage.map(({ startedAtMs }) => startedAtMs);
    [firstAtMs, lastAtMs] = [Math.min(...startsMs), Math.max(...startsMs)];
    rows = await readRows(test.url);
  }, TIMEOUT_MS);
  afterAll(() => test.stop());

  it('has cases of every kind', () => {
    const kinds = new Set(cases.map(({ client, kind, isStream, ending }) => [client, kind, isStream, ending].join()));

    expect(kinds.size).toBe(34);
    expect(new Set(cases.flatMap(({ faults }) => faults)).size).toBe(20);
  });

  it('end in the right answer or the right error, each with the fewest calls', () => {
    expect(problems.slice(0, SHOWN_PROBLEMS)).toEqual([]);
  });

  it('are settled and recorded once each, with their tokens, and leave nothing under way', async () => {
    const { ledger } = test;
    const completed = ledger.usage.filter(({ ending }) => ending === 'completed');
    const untold = completed.filter(({ usage }) => (usage?.input ?? 0) <= 0 || (usage?.output ?? 0) <= 0);

    expect(ledger.usage).toHaveLength(CASES);
    expect(completed).toHaveLength(cases.filter(({ ending }) => ending === 'answered').length);
    expect(untold).toEqual([]);
    await test.checkAfterTest();
  });

  it('keep every account that is well in use', () => {
    const standings = WELL.map((id) => [id, standingOf(test, id, lastAtMs)]);

    expect(standings).toEqual(WELL.map((id) => [id, 'usable']));
    for (const id of WELL) expect(vendor.calls.get(id)).toBeGreaterThan(CASES / 20);
  });

  it('never reach an account that is switched off', () => {
    expect(vendor.calls.has('off')).toBe(false);
    expect(rows['off']).toMatchObject({ disabled: true, disabledReason: 'Manual' });
  });

  it.each<[SoakAccount, string, number]>([
    ['suspended', 'upstream_auth_failed', 23 * 3_600_000],
    ['exhausted', 'upstream_quota_exhausted', 25 * 60_000],
    ['dead', 'upstream_auth_failed', 4 * 60_000],
  ])('leave an account alone that is %s', (id, reason, atLeastMs) => {
    const { restingUntil } = rows[id] as { restingUntil: string };

    expect(rows[id]).toMatchObject({ disabled: false, restingReason: reason });
    expect(Date.parse(restingUntil)).toBeGreaterThan(firstAtMs + atLeastMs);
    expect(vendor.calls.get(id) ?? 0).toBeLessThanOrEqual(CONCURRENCY);
  });

  it('renew a login once for all of them, and never with a token that was used', () => {
    for (const id of ['social', 'suspended', 'dead'] as const) expect(vendor.renewals.get(id)).toEqual([tokenOf(id)]);
    const forgetful = vendor.renewals.get('forgetful') ?? [];
    expect(new Set(forgetful).size).toBe(forgetful.length);
    expect(forgetful.length).toBeGreaterThanOrEqual(
      Math.floor((vendor.calls.get('forgetful') ?? 0) / (FORGETFUL_USES + CONCURRENCY)),
    );
  });

  it('ask again for a renewal that failed for a reason that passes', () => {
    expect(vendor.renewals.get('slow')).toEqual(Array.from({ length: SLOW_REFUSALS + 1 }, () => tokenOf('slow')));
  });
});

function standingOf({ gateway: { app } }: TestGateway, id: string, nowMs: number): string {
  const declaration = app.get(ManagedAccounts).find('kiro', id);
  const terms = { nowMs, exclude: new Set<string>() };
  return app.get(AccountPool).standingOf({ declaration, model: 'CLAUDE_SONNET_4_5_20250929_V1_0' }, terms).type;
}

/** Works through a list with so many at work together. */
async function inParallel(
  cases: readonly SoakCase[],
  workers: number,
  work: (soakCase: SoakCase) => Promise<void>,
): Promise<void> {
  const queue = cases.values();
  const run = async (): Promise<void> => {
    for (const one of queue) await work(one);
  };
  await Promise.all(Array.from({ length: workers }, run));
}

async function readRows(url: string): Promise<Readonly<Record<string, object>>> {
  const { text } = await sendRaw(`${url}/api/admin/credentials`, {
    method: 'GET',
    headers: { 'x-api-key': ADMIN_KEY },
  });
  const { credentials } = JSON.parse(text) as { credentials: { accountId: string }[] };
  return Object.fromEntries(credentials.map((row) => [row.accountId, row]));
}
