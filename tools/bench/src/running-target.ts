import { setTimeout as delay } from 'node:timers/promises';
import { type Exchange, LoadClient } from './load/load-client.js';
import { ExchangeFactory } from './load/exchange-factory.js';
import { type Phase } from './phases.js';
import { type ChildProcesses, type RunningChild } from './process/child-processes.js';
import { type CorePinning } from './process/core-pinning.js';
import { findFreePort } from './process/free-port.js';
import { type Target } from './targets.js';

/** A started target. `direct` is the mock itself: no process of its own, pid 0. */
export interface RunningTarget {
  readonly target: Target;
  readonly port: number;
  readonly pid: number;
  /** From the start of the process to the first right answer. */
  readonly startMs: number;
  stop(): Promise<void>;
}

export interface StartContext {
  readonly children: ChildProcesses;
  readonly pinning: CorePinning;
  readonly mockPort: number;
}

const START_TIMEOUT_MS = 15_000;
const POLL_EVERY_MS = 3;

const FIRST_REQUEST: Phase = {
  id: 'first-request',
  kind: 'json-latency',
  client: 'openai-chat',
  upstream: 'openai-chat',
  clients: 1,
  promptBytes: 0,
  targets: [],
};

/** Starts a target and waits for its first 200. Returns the reason as a string when it cannot be measured. */
export async function startTarget(target: Target, context: StartContext): Promise<RunningTarget | string> {
  const { children, pinning, mockPort } = context;
  if (target.launch === undefined) {
    return { target, port: mockPort, pid: 0, startMs: 0, stop: () => Promise.resolve() };
  }
  const port = await findFreePort();
  const launch = target.launch({ port, mockPort, folder: children.folder });
  if (typeof launch === 'string') return launch;
  const startedAt = performance.now();
  const child = children.start({
    name: target.id,
    command: [...pinning.prefix('target'), process.execPath, ...launch.args],
    env: launch.env ?? {},
  });
  const exchanges = new ExchangeFactory(FIRST_REQUEST, target, { target: port, mock: mockPort });
  const fault = await pollUntilRight(port, exchanges, child);
  if (fault !== undefined) {
    await child.kill();
    return fault;
  }
  const startMs = performance.now() - startedAt;
  return { target, port, pid: child.pid, startMs, stop: () => child.kill() };
}

/** Asks one thing and waits for the verdict on the answer; undefined means that it was right. */
export async function askOnce(port: number, exchange: Exchange): Promise<string | undefined> {
  let fault: string | undefined = 'no answer';
  let left = 1;
  const client = new LoadClient(port, {
    next: () => (left-- > 0 ? exchange : undefined),
    answered: (reason) => (fault = reason),
  });
  try {
    await client.start();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  await Promise.race([client.ended, delay(START_TIMEOUT_MS, undefined, { ref: false })]);
  client.abort();
  return fault;
}

async function pollUntilRight(
  port: number,
  exchanges: ExchangeFactory,
  child: RunningChild,
): Promise<string | undefined> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  let fault: string | undefined;
  while (performance.now() < deadline) {
    fault = await askOnce(port, exchanges.json());
    if (fault === undefined) return undefined;
    if (child.hasExited) return `exited at start: ${child.lastErrors()}`;
    await delay(POLL_EVERY_MS);
  }
  return `no right answer within ${START_TIMEOUT_MS} ms: ${fault}`;
}
