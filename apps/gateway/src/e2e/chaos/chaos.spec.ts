import type { JsonObject } from '@sluice/core';
import type { MockRequest } from '@sluice/mock-upstream';
import { sendRaw } from '@sluice/testing';
import { startTestGateway, type TestGateway } from '../harness/start-test-gateway.js';
import { account, VENDOR_KEY } from '../harness/test-configuration.js';
import { KIRO_MODEL, kiroAccount } from '../kiro/kiro-account.js';
import { CHAOS_MODEL, ChaosClient, type Outcome } from './chaos-client.js';
import { FaultPlan, keyOf, WELL, WELL_TEXT, type Fault } from './fault-plan.js';

const CONCURRENCY = 40;
const SUITE_TIMEOUT_MS = 60_000;

/** Faults that say so before anything of an answer has come, or break a whole answer. */
const REFUSALS: readonly Fault[] = [
  { name: '429', behaviour: { status: 429 }, share: 0.08 },
  { name: '429 with a time', behaviour: { status: 429, retryAfter: '1' }, share: 0.08 },
  { name: '401', behaviour: { status: 401 }, share: 0.03 },
  { name: '403', behaviour: { status: 403 }, share: 0.02 },
  { name: '404', behaviour: { status: 404 }, share: 0.02 },
  { name: '500', behaviour: { status: 500 }, share: 0.08 },
  { name: '502 with a page', behaviour: { status: 502, contentType: 'text/html', body: '<html>' }, share: 0.04 },
  { name: '503 with a time', behaviour: { status: 503, retryAfter: '1' }, share: 0.04 },
  { name: '529', behaviour: { status: 529 }, share: 0.04 },
  { name: 'a reset before the head', behaviour: { resetBeforeHead: true }, share: 0.06 },
  { name: 'slowness', behaviour: { delayMs: 3 }, share: 0.1, isHarmless: true },
];
/** Of these the client would get a part. */
const BROKEN_BODIES: readonly Fault[] = [
  { name: 'a cut', behaviour: { truncate: true }, share: 0.04 },
  { name: 'a reset in the body', behaviour: { resetAfterChunks: 1 }, share: 0.04 },
  { name: 'garbage', behaviour: { body: '\u0000not json' }, share: 0.03 },
];
/** Of these nothing has come. */
const EMPTY_STREAMS: readonly Fault[] = [
  { name: 'an error event', behaviour: { errorInStream: 'before' }, share: 0.05 },
  { name: 'a reset after the handshake', behaviour: { resetAfterChunks: 0 }, share: 0.05 },
  { name: 'an empty stream', behaviour: { replay: { chunks: [] } }, share: 0.03 },
];
/** Of these something has come. */
const BROKEN_STREAMS: readonly Fault[] = [
  { name: 'an error event behind content', behaviour: { errorInStream: 'after' }, share: 0.06 },
  { name: 'a reset behind content', behaviour: { resetAfterChunks: 2 }, share: 0.06 },
  { name: 'a missing end', behaviour: { truncate: true }, share: 0.04 },
  { name: 'a broken event', behaviour: { invalidSse: true }, share: 0.04 },
];

const RENEWAL_PATH = '/refreshToken';
const REFRESH_TOKEN = `aorAAAAAG${'x'.repeat(120)}`;

const NEVER_REST = { cooldown: { enabled: false } };
const REST = { cooldown: { enabled: true } };

function chat(vendorUrl: string, id: string, members: JsonObject = {}): JsonObject {
  return account('openai-chat', vendorUrl, { id, apiKey: `${VENDOR_KEY}-${id}`, ...members });
}

/** Not answered, or not with the whole text. */
const unanswered = (outcomes: readonly Outcome[]): readonly Outcome[] =>
  outcomes.filter(
    ({ status, text, errorType, isWhole }) =>
      status !== 200 || text !== WELL_TEXT || errorType !== undefined || !isWhole,
  );

describe('chaos', () => {
  let test: TestGateway;
  let client: ChaosClient;
  beforeEach(async () => {
    test = await startTestGateway(); // a new one each time: what vendors' hosts were seen to do is remembered
    client = new ChaosClient(CONCURRENCY, sendRaw);
  });
  afterEach(async () => {
    client.close();
    await test.checkAfterTest(); // every exchange has settled once, and its usage was recorded once
    await test.stop();
  });

  const ask = (count: number, isStream = false, model: string = CHAOS_MODEL): Promise<readonly Outcome[]> =>
    client.askAll(count, { url: test.url, model, isStream });

  it.each([1, 2, 3])(
    'answers every request once while one account is well, whatever the others do (seed %i)',
    async (seed) => {
      const plan = new FaultPlan(seed, [...REFUSALS, ...BROKEN_BODIES]);
      plan.strike(test.vendor);
      const well = new FaultPlan(seed, []);
      well.strike(test.spare);
      await test.configure({
        accounts: [
          ...['a1', 'a2', 'a3', 'a4'].map((id) => chat(test.vendor.url, id, NEVER_REST)),
          chat(test.spare.url, 'well', { ...NEVER_REST, priority: 1 }),
        ],
      });

      const outcomes = await ask(1_000);

      expect(unanswered(outcomes)).toEqual([]);
      expect(outcomes).toHaveLength(1_000);
      const answers = [...plan.answered.values(), ...well.answered.values()];
      expect([answers.length, Math.max(...answers)]).toEqual([1_000, 1]);
      expect([...plan.struck.keys()].sort()).toEqual([...REFUSALS, ...BROKEN_BODIES].map(({ name }) => name).sort());
      expect(test.ledger.settled.every(({ ending }) => ending === 'completed')).toBe(true);
    },
    SUITE_TIMEOUT_MS,
  );

  it(
    'answers every request while half of the accounts are dead and the others are throttled now and then',
    async () => {
      const refused: Fault = { name: 'refused', behaviour: { status: 401 }, share: 1 };
      const gone: Fault = { name: 'gone', behaviour: { resetBeforeHead: true }, share: 1 };
      const isWell = (request: MockRequest): boolean => keyOf(request).endsWith('-well');
      const isDead = (request: MockRequest): boolean => keyOf(request).includes('-dead');
      new FaultPlan(4, REFUSALS).strike(test.vendor, (request) => !isWell(request) && !isDead(request));
      new FaultPlan(4, [refused]).strike(test.vendor, isDead);
      new FaultPlan(4, [gone]).strike(test.spare);
      await test.configure({
        accounts: [
          ...['b1', 'b2', 'well', 'dead-1', 'dead-2'].map((id) => chat(test.vendor.url, id, REST)),
          ...['dead-3', 'dead-4'].map((id) => chat(test.spare.url, id, REST)),
        ],
      });

      const outcomes = await ask(2_000);

      expect(unanswered(outcomes)).toEqual([]);
    },
    SUITE_TIMEOUT_MS,
  );

  it(
    'answers every request while a preferred vendor fails for every third, and another is well',
    async () => {
      const third: Fault = { name: 'a third', behaviour: { status: 500 }, share: 0.33 };
      new FaultPlan(5, [third]).strike(test.vendor);
      new FaultPlan(5, []).strike(test.spare);
      await test.configure({
        accounts: [chat(test.vendor.url, 'c1', REST), chat(test.spare.url, 'c2', { ...REST, priority: 1 })],
      });

      const outcomes = await ask(1_000);

      expect(unanswered(outcomes)).toEqual([]);
    },
    SUITE_TIMEOUT_MS,
  );

  it.each([6, 7])(
    'gives a whole stream, or the part that came and one error (seed %i)',
    async (seed) => {
      const plan = new FaultPlan(seed, [...EMPTY_STREAMS, ...BROKEN_STREAMS]);
      plan.strike(test.vendor);
      new FaultPlan(seed, []).strike(test.spare);
      await test.configure({
        accounts: [chat(test.vendor.url, 'd1', NEVER_REST), chat(test.spare.url, 'd2', { ...NEVER_REST, priority: 1 })],
      });

      const outcomes = await ask(1_000, true);

      const broken = unanswered(outcomes);
      expect(outcomes.filter(({ isWhole, status }) => !isWhole || status !== 200)).toEqual([]);
      expect(broken.filter(({ text }) => text === '' || !WELL_TEXT.startsWith(text))).toEqual([]);
      expect(broken.filter(({ errorType }) => errorType === undefined)).toEqual([]);
      const struck = BROKEN_STREAMS.map(({ name }) => plan.struck.get(name) ?? 0);
      expect(broken).toHaveLength(struck.reduce((sum, count) => sum + count, 0));
    },
    SUITE_TIMEOUT_MS,
  );

  it(
    'waits for no vendor that is silent',
    async () => {
      const silent: readonly Fault[] = [
        { name: 'silence', behaviour: { hang: true }, share: 0.1 },
        { name: 'silence behind the handshake', behaviour: { hangAfterChunks: 0 }, share: 0.1 },
      ];
      const plan = new FaultPlan(8, silent);
      plan.strike(test.vendor);
      new FaultPlan(8, []).strike(test.spare);
      await test.configure({
        accounts: [
          chat(test.vendor.url, 'e1', { ...NEVER_REST, timeouts: { firstByteMs: 150, idleMs: 150 } }),
          chat(test.spare.url, 'e2', { ...NEVER_REST, priority: 1 }),
        ],
      });

      const outcomes = await ask(600, true);

      expect(unanswered(outcomes)).toEqual([]);
      expect([...plan.struck.values()].every((count) => count > 20)).toBe(true);
    },
    SUITE_TIMEOUT_MS,
  );

  it(
    'renews logins that are over before their time, and goes on elsewhere where that does not help',
    async () => {
      const over = { status: 403, message: 'The bearer token included in the request is invalid.' };
      const plan = new FaultPlan(9, [{ name: 'over', behaviour: over, share: 0.1 }]);
      plan.strike(test.vendor, ({ path }) => path !== RENEWAL_PATH);
      new FaultPlan(9, []).strike(test.spare);
      await test.configure({
        accounts: [
          kiroAccount(test.vendor.url, {
            id: 'g1',
            apiKey: undefined,
            refreshToken: REFRESH_TOKEN,
            authMethod: 'social',
          }),
          kiroAccount(test.spare.url, { id: 'g2', priority: 1 }),
        ],
      });

      const outcomes = await ask(400, false, KIRO_MODEL);

      expect(unanswered(outcomes)).toEqual([]);
      expect(plan.struck.get('over')).toBeGreaterThan(20);
      const renewals = test.vendor.requests.filter(({ path }) => path === RENEWAL_PATH);
      expect(renewals.length).toBeGreaterThan(1);
      expect(renewals.length).toBeLessThanOrEqual((plan.struck.get('over') ?? 0) + 1);
    },
    SUITE_TIMEOUT_MS,
  );

  it(
    'shares requests by weight',
    async () => {
      const weights = { f5: 5, f3: 3, f1: 1, f0: 1 };
      const uses = new Map<string, number>();
      test.vendor.when((request) => {
        const id = /-(f\d)$/.exec(keyOf(request))?.[1] ?? '';
        uses.set(id, (uses.get(id) ?? 0) + 1);
        return true;
      }, WELL);
      await test.configure({
        accounts: Object.entries(weights).map(([id, weight]) => chat(test.vendor.url, id, { weight })),
      });

      const outcomes = await ask(1_000);

      expect(unanswered(outcomes)).toEqual([]);
      const offBy = Object.entries(weights).map(([id, weight]) => Math.abs((uses.get(id) ?? 0) / 1_000 - weight / 10));
      expect(Math.max(...offBy)).toBeLessThanOrEqual(0.02);
    },
    SUITE_TIMEOUT_MS,
  );
});
