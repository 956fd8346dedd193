import type { AccountPage, AccountReport } from '@sluice/gateway';
import type { FoundInstance } from '../instance/find-instance.js';
import type { AskEnvironment } from '../running/ask-environment.js';
import { PUBLISHED } from './fake-instance.js';
import { NOW_MS } from './workplace.js';

type Reply = readonly [status: number, document: unknown];

/** A gateway that runs, as the commands find it. */
export class FakeGateway implements AskEnvironment {
  variables: NodeJS.ProcessEnv = {};
  found: FoundInstance = { kind: 'running', pid: PUBLISHED.pid, state: PUBLISHED };
  keys = [
    { name: 'app', key: 'key-of-app', models: undefined, scopes: [] as string[] },
    { name: 'operator', key: 'key-of-operator', models: undefined, scopes: ['diagnostics'] },
  ];
  /** Every request: its address and its key. */
  readonly asked: (readonly [url: string, authorization: string | null])[] = [];
  answer: (path: string) => Reply | Error = () => [200, {}];

  readonly find = async (): Promise<FoundInstance> => this.found;
  readonly readKeys = async () => this.keys;

  readonly fetch: typeof fetch = async (input, init) => {
    const url = new URL(input as URL); // the commands ask no other way
    this.asked.push([url.href, new Headers(init?.headers).get('authorization')]);
    const answer = this.answer(url.pathname + url.search);
    if (answer instanceof Error) throw answer;
    const [status, document] = answer;
    return new Response(typeof document === 'string' ? document : JSON.stringify(document), { status });
  };
}

/** An account as a gateway tells of it: well, and not used yet. */
export function reportOf(accountId: string, members: Partial<AccountReport> = {}): AccountReport {
  return {
    accountId,
    provider: 'acme',
    origin: 'file',
    enabled: true,
    priority: 0,
    weight: 1,
    excludeModels: [],
    standing: { type: 'usable' },
    inFlight: 0,
    restingModels: 0,
    modelRests: [],
    lowModels: [],
    login: { kind: 'api-key', needsLogin: false },
    counts: { completed: 0, failed: 0, broken: 0, 'client-closed': 0 },
    ...members,
  };
}

export function pageOf(...accounts: readonly AccountReport[]): AccountPage {
  return { nowMs: NOW_MS, total: accounts.length, accounts };
}
