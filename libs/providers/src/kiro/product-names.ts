import type { ModelInfo } from '@sluice/provider-kit';
import { kiroModelId } from './model-id.js';

interface ProductName {
  readonly id: string;
  readonly displayName: string;
  /** Unix time in seconds, as gateways for this vendor have always told it. */
  readonly createdAt: number;
}

/** Names that clients of gateways for this vendor have in their settings; each also thinks, and works as an agent. */
const PRODUCTS: readonly ProductName[] = [
  { id: 'claude-sonnet-4-5-20250929', displayName: 'Claude Sonnet 4.5', createdAt: 1_727_568_000 },
  { id: 'claude-opus-4-5-20251101', displayName: 'Claude Opus 4.5', createdAt: 1_730_419_200 },
  { id: 'claude-opus-4-6', displayName: 'Claude Opus 4.6', createdAt: 1_770_314_400 },
  { id: 'claude-opus-4-6-1m', displayName: 'Claude Opus 4.6 (1M)', createdAt: 1_770_314_400 },
  { id: 'claude-haiku-4-5-20251001', displayName: 'Claude Haiku 4.5', createdAt: 1_727_740_800 },
];

const AGENTIC = '-agentic';

/**
 * What an account's plan has, with the other names of the same models. A model that the plan has not gets none.
 * @param thinkingSuffix the account's own; empty = no name asks for thinking
 */
export function withProductNames(listed: readonly ModelInfo[], thinkingSuffix = '-thinking'): readonly ModelInfo[] {
  const had = new Set(listed.map(({ id }) => kiroModelId(id, thinkingSuffix)));
  const known = new Set(listed.map(({ id }) => id));
  const added = PRODUCTS.filter(({ id }) => had.has(kiroModelId(id, thinkingSuffix)))
    .flatMap((product) => variantsOf(product, thinkingSuffix))
    .filter(({ id }) => !known.has(id));
  return [...listed, ...added];
}

function variantsOf({ id, displayName, createdAt }: ProductName, thinkingSuffix: string): readonly ModelInfo[] {
  const named = (suffix: string, remark: string): ModelInfo => ({
    id: id + suffix,
    displayName: displayName + remark,
    createdAt,
    ownedBy: 'anthropic',
  });
  return [
    named('', ''),
    ...(thinkingSuffix === '' ? [] : [named(thinkingSuffix, ' (Thinking)')]),
    named(AGENTIC, ' (Agentic)'),
  ];
}
