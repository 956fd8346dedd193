import type { Principal } from '@sluice/auth';
import type { AccountDeclaration, ModelAlias } from '@sluice/config';
import { GatewayError } from '@sluice/core';
import { MemoryModelCatalog } from '../model-catalog.js';
import { ModelRouter } from '../model-router.js';
import { declareSnapshot } from './declare-snapshot.js';

/** A key without a rule. */
export const ANYBODY: Principal = { id: 'key:any', name: 'any', scopes: new Set(), models: undefined };

/** A key that may use these names only. */
export const keyFor = (...models: string[]): Principal => ({ ...ANYBODY, name: 'ci', models });

export interface World {
  readonly accounts?: readonly AccountDeclaration[];
  readonly aliases?: readonly ModelAlias[];
  /** What vendors list, by account id. */
  readonly lists?: Readonly<Record<string, readonly string[]>>;
}

/** A router over declared accounts and vendors’ lists, with its answers in short. */
export function setUp({ accounts = [], aliases = [], lists = {} }: World) {
  const catalog = new MemoryModelCatalog();
  for (const [id, models] of Object.entries(lists))
    catalog.learn(
      id,
      models.map((model) => ({ id: model })),
    );
  const router = new ModelRouter(catalog);
  const snapshot = declareSnapshot(accounts, aliases);
  /** One line per target: `account:model account:model`. */
  const route = (name: string, principal = ANYBODY): readonly string[] =>
    router
      .resolve(name, snapshot, principal)
      .targets.map(({ candidates }) =>
        candidates.map(({ declaration, model }) => `${declaration.account.id}:${model}`).join(' '),
      );
  /** The listed names. */
  const list = (principal = ANYBODY): readonly string[] => router.listModels(snapshot, principal).map(({ id }) => id);
  return { catalog, router, snapshot, route, list };
}

/** The GatewayError that an act ends in. */
export function refusal(act: () => unknown): GatewayError {
  try {
    act();
  } catch (error) {
    if (error instanceof GatewayError) return error;
  }
  throw new Error('expected a GatewayError');
}

