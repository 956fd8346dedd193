import type { AccountPool, Candidate, CandidateStanding, LeaseRequest } from '@sluice/accounts';
import type { Principal } from '@sluice/auth';
import { DEFAULT_ROUTING, type AccountDeclaration, type RuntimeSnapshot } from '@sluice/config';
import { GatewayError, type GatewayErrorKind } from '@sluice/core';
import { compileGlob } from './glob.js';
import type { ModelRouter } from './model-router.js';
import type { Route } from './route.js';

export interface ExplainRequest {
  readonly name: string;
  readonly snapshot: RuntimeSnapshot;
  readonly principal: Principal;
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
  /** Whether a request of the client's format can be brought to a candidate; absent = every one can. */
  readonly speaks?: (candidate: Candidate) => boolean;
}

/** Why an account is not asked, or only after others. */
export type AccountStanding =
  | CandidateStanding
  /** The request cannot be brought into what its vendor speaks. */
  | { readonly type: 'format' }
  | { readonly type: 'disabled' }
  /** A glob of its `excludeModels` keeps the name out. */
  | { readonly type: 'model-excluded'; readonly glob: string }
  | { readonly type: 'model-not-served' };

export interface ExplainedAccount {
  readonly accountId: string;
  readonly provider: string;
  /** Which target of the route it serves, from 0, and the vendor's model id there; absent = none. */
  readonly target?: { readonly position: number; readonly model: string };
  readonly standing: AccountStanding;
}

export interface Explanation {
  /** Why the name leads nowhere; absent = it leads somewhere. */
  readonly refusal?: { readonly kind: GatewayErrorKind; readonly message: string };
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
    return { refusal: { kind: error.kind, message: error.message }, accounts: explainOthers(request, NOBODY) };
  }
  const served = route.targets.flatMap((_target, position) => explainTarget(pool, route, position, request));
  const ids = new Set(served.map(({ accountId }) => accountId));
  return { accounts: [...served, ...explainOthers(request, ids)] };
}

function explainTarget(pool: AccountPool, route: Route, position: number, request: ExplainRequest): ExplainedAccount[] {
  const { snapshot, nowMs, speaks } = request;
  const { candidates = [], strategy } = route.targets[position] ?? {};
  const protection = snapshot.settings.routing ?? DEFAULT_ROUTING;
  const terms: LeaseRequest = { candidates, exclude: NOBODY, nowMs, strategy, owner: route.owner, protection };
  const explained = pool.rank(terms).map((candidate): ExplainedAccount => {
    const { account } = candidate.declaration;
    const standing = speaks?.(candidate) === false ? ({ type: 'format' } as const) : pool.standingOf(candidate, terms);
    return {
      accountId: account.id,
      provider: account.provider,
      target: { position, model: candidate.model },
      standing,
    };
  });
  return explained.sort((one, other) => askedAfter(one.standing) - askedAfter(other.standing));
}

function askedAfter({ type }: AccountStanding): number {
  const at = ASKED.indexOf(type);
  return at < 0 ? ASKED.length : at;
}

function explainOthers(request: ExplainRequest, served: ReadonlySet<string>): ExplainedAccount[] {
  return request.snapshot.accounts
    .filter(({ account }) => !served.has(account.id))
    .map((declaration) => ({
      accountId: declaration.account.id,
      provider: declaration.account.provider,
      standing: whyNotServing(declaration, request),
    }));
}

function whyNotServing(
  declaration: AccountDeclaration,
  { name, snapshot, principal }: ExplainRequest,
): AccountStanding {
  if (!declaration.enabled) return { type: 'disabled' };
  if (declaration.owner !== undefined && declaration.owner !== principal.id) return { type: 'foreign' };
  const targets = snapshot.models.find(({ alias }) => alias === name)?.targets ?? [];
  const names = [name, ...targets, ...[name, ...targets].map(withoutQualifier)];
  const glob = declaration.excludeModels.find((pattern) => names.some(compileGlob(pattern)));
  return glob === undefined ? { type: 'model-not-served' } : { type: 'model-excluded', glob };
}

function withoutQualifier(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}
