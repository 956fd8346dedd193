import type { AccountPool, Candidate, CandidateCondition, CandidateStanding, LeaseRequest } from '@sluice/accounts';
import type { Principal } from '@sluice/auth';
import { DEFAULT_ROUTING, type AccountDeclaration, type RuntimeSnapshot, type SelectionStrategy } from '@sluice/config';
import { GatewayError, type GatewayErrorKind } from '@sluice/core';
import { compileGlob } from './glob.js';
import type { ModelRouter } from './model-router.js';
import type { Route, Target } from './route.js';

export interface ExplainRequest {
  readonly name: string;
  readonly snapshot: RuntimeSnapshot;
  readonly principal: Principal;
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
  /** Whether a request of the client's format can be brought to a candidate; absent = every one can. */
  readonly speaks?: (candidate: Candidate) => boolean;
  /** Which of a target's candidates are asked before the others; absent = none is. */
  readonly preferred?: (target: Target) => readonly Candidate[];
}

/** Why an account is not asked, or only after others. */
export type AccountStanding =
  | CandidateStanding
  /** The request cannot be brought into what its vendor speaks. */
  | { readonly type: 'format' }
  | { readonly type: 'disabled' }
  /** A glob of its `excludeModels` keeps the name out. */
  | { readonly type: 'model-excluded'; readonly glob: string }
  /** It serves this model of its vendor, but the name does not lead to it. */
  | { readonly type: 'not-a-target'; readonly model: string }
  /** Nothing is known of its models, so it may serve this one; the name leads to those who are known to. */
  | { readonly type: 'perhaps-served'; readonly model: string }
  | { readonly type: 'model-not-served' };

export interface ExplainedAccount {
  readonly accountId: string;
  readonly provider: string;
  /** Which target of the route it serves, from 0, and the vendor's model id there; absent = none. */
  readonly target?: { readonly position: number; readonly model: string };
  readonly standing: AccountStanding;
  /** Whose it is; absent = everybody's. */
  readonly owner?: 'caller' | 'somebody else';
  readonly priority: number;
  readonly weight: number;
  readonly condition: CandidateCondition;
}

/** One model that the name stands for. */
export interface ExplainedTarget {
  readonly position: number;
  readonly strategy: SelectionStrategy;
}

export interface Explanation {
  /** Why the name leads nowhere; absent = it leads somewhere. */
  readonly refusal?: { readonly kind: GatewayErrorKind; readonly message: string };
  /** In the order in which they are tried; where requests are split between them, any may be the first. */
  readonly targets: readonly ExplainedTarget[];
  /** Whether requests are split between the targets. */
  readonly isSplit: boolean;
  /** Those that would be asked, in order; behind them everybody else. */
  readonly accounts: readonly ExplainedAccount[];
}

const NOBODY: ReadonlySet<string> = new Set();
/** The standings in the order in which they are asked; all others are not. */
const ASKED: readonly AccountStanding['type'][] = ['usable', 'low', 'soft'];

/** Tells which accounts a name leads to for somebody at this moment, and why the others are left out. Changes nothing. */
export function explainRoute(router: ModelRouter, pool: AccountPool, request: ExplainRequest): Explanation {
  const { name, snapshot, principal } = request;
  let route: Route;
  try {
    route = router.resolve(name, snapshot, principal);
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    const refusal = { kind: error.kind, message: error.message };
    return { refusal, targets: [], isSplit: false, accounts: explainOthers({ router, pool }, request, NOBODY) };
  }
  const served = route.targets.flatMap((target, position) => explainTarget(pool, route, { target, position }, request));
  const ids = new Set(served.map(({ accountId }) => accountId));
  return {
    targets: route.targets.map(({ strategy = DEFAULT_ROUTING.strategy }, position) => ({ position, strategy })),
    isSplit: route.split !== undefined,
    accounts: [...served, ...explainOthers({ router, pool }, request, ids)],
  };
}

function explainTarget(
  pool: AccountPool,
  { owner }: Route,
  { target, position }: { readonly target: Target; readonly position: number },
  request: ExplainRequest,
): ExplainedAccount[] {
  const { snapshot, nowMs, speaks, preferred } = request;
  const { candidates, strategy } = target;
  const protection = snapshot.settings.routing ?? DEFAULT_ROUTING;
  const terms: LeaseRequest = { candidates, exclude: NOBODY, nowMs, strategy, owner, protection };
  const explain = (candidate: Candidate): ExplainedAccount => ({
    ...describe(pool, candidate, request),
    target: { position, model: candidate.model },
    standing: speaks?.(candidate) === false ? { type: 'format' } : pool.standingOf(candidate, terms),
  });
  // an owner's own accounts come first, whatever they speak
  const first = new Set(owner === undefined ? preferred?.(target) : undefined);
  const before = (candidate: Candidate): number => (first.has(candidate) ? 0 : 1);
  return pool
    .rank(terms)
    .map((candidate) => ({ candidate, account: explain(candidate) }))
    .sort(
      (one, other) =>
        notAsked(one.account) - notAsked(other.account) ||
        before(one.candidate) - before(other.candidate) ||
        askedAfter(one.account.standing) - askedAfter(other.account.standing),
    )
    .map(({ account }) => account);
}

function describe(
  pool: AccountPool,
  candidate: Candidate,
  { nowMs, principal }: ExplainRequest,
): Omit<ExplainedAccount, 'standing'> {
  const { account, owner, priority, weight } = candidate.declaration;
  return {
    accountId: account.id,
    provider: account.provider,
    ...(owner !== undefined && { owner: owner === principal.id ? 'caller' : 'somebody else' }),
    priority,
    weight,
    condition: pool.conditionOf(candidate, nowMs),
  };
}

/** Zero for those that are asked. */
function notAsked({ standing }: ExplainedAccount): number {
  return askedAfter(standing) < ASKED.length ? 0 : 1;
}

function askedAfter({ type }: AccountStanding): number {
  const at = ASKED.indexOf(type);
  return at < 0 ? ASKED.length : at;
}

function explainOthers(
  { router, pool }: { readonly router: ModelRouter; readonly pool: AccountPool },
  request: ExplainRequest,
  served: ReadonlySet<string>,
): readonly ExplainedAccount[] {
  return request.snapshot.accounts
    .filter(({ account }) => !served.has(account.id))
    .map((declaration) => ({
      ...describe(pool, { declaration, model: request.name }, request),
      standing: whyNotServing(router, declaration, request),
    }));
}

function whyNotServing(
  router: ModelRouter,
  declaration: AccountDeclaration,
  { name, snapshot, principal }: ExplainRequest,
): AccountStanding {
  if (!declaration.enabled) return { type: 'disabled' };
  if (declaration.owner !== undefined && declaration.owner !== principal.id) return { type: 'foreign' };
  const targets = snapshot.models.find(({ alias }) => alias === name)?.targets;
  const names = [name, ...(targets ?? [])];
  const glob = declaration.excludeModels.find((pattern) =>
    [...names, ...names.map(withoutQualifier)].some(compileGlob(pattern)),
  );
  if (glob !== undefined) return { type: 'model-excluded', glob };
  for (const target of targets ?? [name]) {
    const model = isAddressed(target, snapshot) ? withoutQualifier(target) : target; // a vendor's id may have a slash too
    const service = router.serviceOf(declaration, model, name);
    if (service !== undefined) return { type: service === 'known' ? 'not-a-target' : 'perhaps-served', model };
  }
  return { type: 'model-not-served' };
}

/** Whether a name begins with what an operator calls accounts. */
function isAddressed(name: string, { accounts }: RuntimeSnapshot): boolean {
  const qualifier = name.slice(0, Math.max(0, name.indexOf('/')));
  return accounts.some(
    ({ account, prefix }) => account.id === qualifier || prefix === qualifier || account.provider === qualifier,
  );
}

function withoutQualifier(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}
