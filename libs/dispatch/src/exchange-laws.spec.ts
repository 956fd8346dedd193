import fc from 'fast-check';
import type { FailureAction } from '@sluice/core';
import { sourceOf } from '@sluice/streaming';
import { attemptWorld } from './__fixtures__/attempt-world.js';
import { declareAccount, routeOf, targetOf } from './__fixtures__/declarations.js';
import { dispatchWorld } from './__fixtures__/dispatch-world.js';
import {
  answers,
  fails,
  refuses,
  reply,
  ScriptedProvider,
  streams,
  type Turn,
} from './__fixtures__/scripted-provider.js';
import { SpokenClient, spokenUpstream } from './__fixtures__/spoken-format.js';
import { KeepAlives } from './keep-alives.js';

/** Everything that a vendor may do with a call in the client's format. */
const TURNS: Readonly<Record<string, Turn>> = {
  'whole answer': answers({ text: 'CONTENT' }),
  'failed answer': answers({ error: 'upstream_overloaded' }),
  'broken answer': answers({ error: 'upstream_invalid_response' }),
  'good stream': streams('hello', 'text CONTENT', 'usage 3', 'finish', 'end'),
  'failed stream': streams('hello', 'error upstream_overloaded'),
  'empty stream': streams(),
  'stumbling stream': streams('throw'),
  'cut stream': streams('text CONTENT'),
  'stream that breaks': streams('text CONTENT', 'error upstream_overloaded'),
  'stream that breaks with a secret': (call) =>
    streams('text CONTENT', `error upstream_overloaded for ${call.credential.secret}`)(call),
  'stream over which we stumble': streams('text CONTENT', 'throw'),
  throttled: refuses(429, 'slow', { 'retry-after': '2' }),
  'throttled for long': refuses(429, 'slow', { 'retry-after': '3600' }),
  refused: (call) => refuses(401, `who is ${call.credential.secret}?`)(call),
  'bad request': refuses(400, 'what?'),
  unknown: refuses(404),
  overloaded: refuses(503),
  fault: refuses(500),
  unreachable: fails('upstream_unreachable'),
  silent: fails('upstream_silent'),
  'defect of ours': () => Promise.reject(new TypeError('oops')),
};

/** What looks different where the vendor speaks another format. */
const SPOKEN_TURNS: Readonly<Record<string, Turn>> = {
  ...TURNS,
  'whole answer': answers({
    id: 'r',
    model: 'm',
    content: [{ type: 'text', text: 'CONTENT' }],
    finishReason: { unified: 'stop' },
  }),
  'broken answer': () => reply(200, { 'content-type': 'application/json' }, sourceOf([Buffer.from('nonsense')])),
  'good stream': streams('start', 'open', 'text CONTENT', 'close', 'usage 3', 'end'),
  'failed stream': streams('start', 'error upstream_overloaded full'),
  'cut stream': streams('start', 'open', 'text CONTENT'),
  'stream that breaks': streams('start', 'open', 'text CONTENT', 'error upstream_overloaded full'),
  'stream that breaks with a secret': (call) =>
    streams('start', 'open', 'text CONTENT', `error upstream_overloaded for ${call.credential.secret}`)(call),
  'stream over which we stumble': streams('start', 'open', 'text CONTENT', 'throw'),
};
const TURNS_OF: Readonly<Record<string, Readonly<Record<string, Turn>>>> = { script: TURNS, spoken: SPOKEN_TURNS };

/** What keeps a client awake, in front of its answer. */
const SIGNS = /^(?:: keep-alive\n\n|\n)+/;
const NAMES = ['a', 'b', 'c', 'd'];
const COMPLETE =
  /^\{"text":"CONTENT"\}$|^\{"content":\[\{"type":"text","text":"CONTENT"\}\]|data: (?:end|response-end)\n\n$/;
const ERROR_BODY = /^\{"error":\{"code":"\w+","message":".+","request":"req_1"\}\}$/;
/** Behind signs of life, where the status is spent. */
const LATE_ERROR = /^event: error\ndata: \w+: .+\n\n$/;
/** Ours, or the vendor's own where it is clean. */
const ERROR_EVENT =
  /(?:event: error\ndata: upstream_\w+: .+|data: error upstream_overloaded|data: response-error upstream_\w+ .+)\n\n$/;

const targets = fc.array(fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1 }), { minLength: 1, maxLength: 3 });
const script = fc.array(fc.constantFrom(...Object.keys(TURNS)), { minLength: 1, maxLength: 12 });
const budget = fc.record({ perAccount: fc.integer({ min: 1, max: 3 }), perRequest: fc.integer({ min: 1, max: 6 }) });
const retry = fc.record({
  maxAttempts: fc.integer({ min: 1, max: 8 }),
  maxWaitMs: fc.constantFrom(0, 300, 10_000),
  deadlineMs: fc.constantFrom(1, 1000, 60_000),
});
const forcedAction = fc.constantFrom<FailureAction | undefined>(
  undefined,
  'same',
  'next-account',
  'next-target',
  'stop',
);
/** The accounts whose vendor speaks another format than the client. */
const foreign = fc.oneof(fc.constant(NAMES), fc.subarray(NAMES));
/** The call during which the client leaves. */
const leaving = fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined });

interface Case {
  readonly targets: readonly (readonly string[])[];
  readonly script: readonly string[];
  readonly budget: { readonly perAccount: number; readonly perRequest: number };
  readonly retry: { readonly maxAttempts: number; readonly maxWaitMs: number; readonly deadlineMs: number };
  readonly forcedAction: FailureAction | undefined;
  readonly leaving: number | undefined;
  readonly foreign: readonly string[];
  readonly stream: boolean;
  /** Whether every vendor takes so long that the client is kept awake. */
  readonly isSlow: boolean;
}

const cases: fc.Arbitrary<Case> = fc.record({
  targets,
  script,
  budget,
  retry,
  forcedAction,
  leaving,
  foreign,
  stream: fc.boolean(),
  isSlow: fc.boolean(),
});

/** One request, to its end. */
async function live({ targets: groups, script: turns, budget: limits, retry: settings, ...chance }: Case) {
  const vendor = new ScriptedProvider('acme', limits);
  const { forcedAction: action } = chance;
  vendor.formats = (_model, { id }) => [chance.foreign.includes(id) ? 'spoken' : 'script'];
  if (action !== undefined) vendor.classify = ({ error }) => ({ error, blame: 'account', action });
  const accounts = new Map(NAMES.map((name) => [name, declareAccount(name)]));
  const route = routeOf(...groups.map((group) => targetOf(group.flatMap((name) => accounts.get(name) ?? []))));
  const format = new SpokenClient();
  const attempts = attemptWorld({ providers: [vendor], format, vendorFormats: [spokenUpstream()] });
  const world = dispatchWorld({
    settings: { retry: settings, keepAlive: { streamMs: 1, wholeMs: 1 } },
    format,
    body: { stream: chance.stream },
    attempt: (exchange, call) => attempts.loop.run(exchange, call, route),
  });
  const keepAlives = new KeepAlives({ inFlight: world.inFlight, clock: world.clock });
  vendor.turns = Array.from({ length: 12 }, (_, at) => (call) => {
    if (at + 1 === chance.leaving) world.answer.abandon();
    world.clock.advance(1);
    if (chance.isSlow) keepAlives.tick();
    return TURNS_OF[call.format]![turns[at % turns.length] ?? '']!(call);
  });
  await world.handle();
  return { ...world, pool: attempts.pool, vendor, waits: attempts.pause.waits };
}

describe('an exchange, whatever vendors and clients do', () => {
  it('is settled exactly once and gives everything back', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (chance) => {
        const { inFlight, listener, logger, pool, recorded, settled } = await live(chance);

        expect([listener.records.length, recorded.length, settled.length]).toEqual([1, 1, 1]);
        expect([inFlight.size, pool.open]).toEqual([0, 0]);
        expect(logger.errors).toEqual([]);
      }),
    );
  });

  it('keeps to every budget', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (chance) => {
        const { listener, vendor, waits } = await live(chance);
        const calls = vendor.calls.length;

        expect(calls).toBe(listener.records[0]?.attempts);
        expect(calls).toBeLessThanOrEqual(Math.min(chance.retry.maxAttempts, chance.budget.perRequest));
        expect(Math.max(0, ...waits)).toBeLessThanOrEqual(chance.retry.maxWaitMs);
      }),
    );
  });

  it('has one answer: complete, or a well-formed error; and never a secret', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (chance) => {
        const { answer, listener, pool } = await live(chance);
        const text = answer.text.replace(SIGNS, '');
        const isKeptAwake = text !== answer.text;
        const [record] = listener.records;

        expect(answer.violations).toEqual([]);
        expect(text.split('CONTENT').length - 1).toBeLessThanOrEqual(1);
        expect(text).not.toContain('secret-of-');
        expect(pool.outcomes.filter((outcome) => outcome === 'success').length).toBe(
          record?.ending === 'completed' ? 1 : 0,
        );
        switch (record?.ending) {
          case 'completed':
            expect(answer).toMatchObject({ ending: 'complete', status: 200 });
            expect(text).toMatch(COMPLETE);
            break;
          case 'failed':
            expect(answer).toMatchObject({ ending: 'complete', status: record.status });
            expect(text).toMatch(isKeptAwake && chance.stream ? LATE_ERROR : ERROR_BODY);
            expect(record.status >= 400).toBe(!isKeptAwake);
            break;
          case 'broken':
            expect(answer).toMatchObject({ ending: 'complete', status: 200, text: expect.stringMatching(ERROR_EVENT) });
            break;
          default:
            expect(answer.ending).toBe('abandoned');
            expect(record).toMatchObject({ ending: 'client-closed', status: isKeptAwake ? 200 : 499 });
        }
      }),
      { numRuns: 200 },
    );
  });
});
