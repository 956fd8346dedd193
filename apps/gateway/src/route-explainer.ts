import type { AccountPool, Candidate } from '@sluice/accounts';
import type { Principal } from '@sluice/auth';
import type { SnapshotStore } from '@sluice/config';
import { GatewayError, type Clock } from '@sluice/core';
import { nativeCandidates, type RouteResolver } from '@sluice/dispatch';
import type { ProviderRegistry } from '@sluice/provider-kit';
import { explainRoute, type Explanation, type ModelRouter } from '@sluice/routing';
import { planExchange, type FormatRegistry, type WireFormat } from '@sluice/translator-kit';

export interface RouteExplainerDependencies {
  readonly snapshots: SnapshotStore;
  readonly resolver: RouteResolver;
  readonly router: ModelRouter;
  readonly pool: AccountPool;
  readonly providers: ProviderRegistry;
  readonly formats: FormatRegistry;
  readonly clock: Clock;
}

export interface ExplainQuestion {
  readonly principal: Principal;
  /** The name that a client would send. */
  readonly model: string | null;
  /** The client's format; null = any that fits. */
  readonly format: string | null;
}

/** An explanation, for whom it holds and when. */
export interface RouteExplanation extends Explanation {
  readonly model: string;
  readonly format?: string;
  /** The name of the key that asked. */
  readonly key: string;
  /** Milliseconds since the epoch, as all times in it. */
  readonly nowMs: number;
}

/** Tells where a request would go now, and why not elsewhere. */
export class RouteExplainer {
  constructor(private readonly dependencies: RouteExplainerDependencies) {}

  /** @throws GatewayError `invalid_request` without a model, or for a format that no client can speak to us */
  async explain({ principal, model, format }: ExplainQuestion): Promise<RouteExplanation> {
    if (model === null || model === '') throw badQuestion('model', 'Name a model: /sluice/explain?model=<name>.');
    const { snapshots, router, pool, providers, clock } = this.dependencies;
    const snapshot = snapshots.current;
    const client = format === null ? undefined : this.#clientFormat(format);
    await this.#learn(model, principal);
    const nowMs = clock.now();
    const explanation = explainRoute(router, pool, {
      name: model,
      snapshot,
      principal,
      nowMs,
      ...(client !== undefined && {
        speaks: (candidate) => this.#speaks(client, candidate),
        preferred: (target) => nativeCandidates(target, client.id, providers),
      }),
    });
    return { model, ...(client !== undefined && { format: client.id }), key: principal.name, nowMs, ...explanation };
  }

  /** What vendors are being asked just now is waited for, as a request would. */
  async #learn(model: string, principal: Principal): Promise<void> {
    const { resolver, snapshots } = this.dependencies;
    try {
      await resolver.resolve(model, snapshots.current, principal);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error; // a refusal is a part of the explanation
    }
  }

  #clientFormat(id: string): WireFormat {
    const { formats } = this.dependencies;
    const format = formats.find(id);
    if (format?.client !== undefined) return format;
    const known = formats.ids.filter((each) => formats.find(each)?.client !== undefined);
    throw badQuestion('format', `No client speaks "${id.slice(0, 100)}". Formats: ${known.join(', ')}.`);
  }

  #speaks(client: WireFormat, { declaration: { account }, model }: Candidate): boolean {
    const { providers, formats } = this.dependencies;
    const upstreamFormats = providers.find(account.provider)?.formats(model, account) ?? [];
    return planExchange({ client, upstreamFormats, registry: formats }) !== undefined;
  }
}

function badQuestion(param: string, message: string): GatewayError {
  return new GatewayError({ kind: 'invalid_request', message, param });
}
