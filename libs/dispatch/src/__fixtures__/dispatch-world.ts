import { Authenticator, KeyCache, NoKeyStore, type Principal } from '@sluice/auth';
import { SnapshotStore, type RuntimeSettings } from '@sluice/config';
import { FakeClock } from '@sluice/testing';
import type { WireFormat } from '@sluice/translator-kit';
import type { Route } from '@sluice/routing';
import type { UsageRecord } from '@sluice/usage';
import type { AttemptLoop } from '../attempt-loop.js';
import type { ClientRequest } from '../client-request.js';
import { Dispatcher } from '../dispatcher.js';
import { InFlight } from '../in-flight.js';
import type { RouteResolver } from '../route-resolver.js';
import { clientRequest } from './client-request.js';
import { declareSnapshot } from './declarations.js';
import { MemoryAnswer } from './memory-answer.js';
import { NotingListener, NotingLogger } from './observers.js';
import { scriptFormat } from './script-format.js';

export const ROUTE: Route = { requestedModel: 'client-model', targets: [] };

/** The steps of a request, in the order in which they must come. */
export const STEPS = ['authenticate', 'readBody', 'envelope', 'admit', 'resolve', 'guard', 'attempts'] as const;
export type StepName = (typeof STEPS)[number];

export interface DispatchWorldOptions {
  /** Called in front of each step; throws to make it fail, or gives back a promise to make it wait. */
  readonly before?: (step: StepName) => void | Promise<void>;
  readonly attempt?: AttemptLoop['run'];
  readonly settings?: Partial<RuntimeSettings>;
  readonly request?: Partial<ClientRequest>;
  readonly format?: WireFormat;
  /** What the client asks for beside its model. */
  readonly body?: object;
}

/** A dispatcher whose steps are noted and do what the spec says. */
export function dispatchWorld(options: DispatchWorldOptions = {}) {
  const { before = () => undefined, settings, request } = options;
  const steps: StepName[] = [];
  const settled: UsageRecord[] = [];
  const recorded: UsageRecord[] = [];
  const clock = new FakeClock();
  const answer = new MemoryAnswer(clock);
  const inFlight = new InFlight();
  const listener = new NotingListener();
  const logger = new NotingLogger();

  /** The step, or the promise of it where `before` waits. */
  const step = <T>(name: StepName, work: () => T): T | Promise<T> => {
    steps.push(name);
    const waiting = before(name);
    return waiting === undefined ? work() : waiting.then(work);
  };

  const format: WireFormat = {
    ...(options.format ?? scriptFormat),
    envelope: {
      ...scriptFormat.envelope,
      read: (call) => step('envelope', () => scriptFormat.envelope.read(call)) as ReturnType<typeof scriptFormat.envelope.read>,
    },
  };
  const body = Buffer.from(JSON.stringify({ model: 'client-model', ...options.body }));
  const real = new Authenticator(new KeyCache(new NoKeyStore(), clock));
  const usage = { record: (record: UsageRecord) => void recorded.push(record) };
  const admission = { headers: { 'x-limit': '9' }, settle: (record: UsageRecord) => void settled.push(record) };
  const snapshots = new SnapshotStore(declareSnapshot([], settings));
  const dispatcher = new Dispatcher({
    snapshots,
    authenticator: {
      authenticate: (...args: Parameters<Authenticator['authenticate']>) =>
        step('authenticate', () => real.authenticate(...args) as Principal),
    } as Authenticator,
    admission: { admit: () => step('admit', () => admission) },
    resolver: { resolve: () => step('resolve', () => ROUTE) } as unknown as RouteResolver,
    guardrails: { checkRequest: () => step('guard', () => undefined) },
    attempts: {
      run: (...args: Parameters<AttemptLoop['run']>) =>
        step('attempts', () => (options.attempt ?? answerWell)(...args)) as ReturnType<AttemptLoop['run']>,
    } as AttemptLoop,
    usage,
    listener,
    inFlight,
    logger,
    clock,
  });
  const handle = () =>
    dispatcher.handle(
      clientRequest(format, body, { ...request, readBody: () => step('readBody', () => body) as Promise<Buffer> }),
      answer,
    );
  return { admission, answer, clock, handle, inFlight, listener, logger, recorded, settled, snapshots, steps, usage };
}

const answerWell: AttemptLoop['run'] = (exchange) => {
  exchange.status = 200;
  exchange.answer.respond(200, {}, Buffer.from('well'));
  exchange.conclude('completed');
  return Promise.resolve(undefined);
};
