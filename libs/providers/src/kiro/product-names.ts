import type { ModelInfo } from '@sluice/provider-kit';
import { kiroModelId, largeModelId } from './model-id.js';

interface ProductName {
  readonly id: string;
  readonly displayName: string;
  /** What stands behind it in brackets, before what a suffix adds. */
  readonly remark?: string;
  /** The same before "Agentic", where it is another. */
  readonly agenticRemark?: string;
  /** Unix time in seconds, as gateways for this vendor have always told it. */
  readonly createdAt: number;
  /** Of a name that asks for another context than its model has where nobody asks. */
  readonly maxInputTokens?: number;
  /** Where the vendor does not tell it. */
  readonly maxOutputTokens: number;
}

/** Names that clients of gateways for this vendor have in their settings; each also thinks, and works as an agent. */
const PRODUCTS: readonly ProductName[] = [
  {
    id: 'claude-sonnet-4-5-20250929',
    displayName: 'Claude Sonnet 4.5',
    createdAt: 1_727_568_000,
    maxOutputTokens: 64_000,
  },
  { id: 'claude-opus-4-5-20251101', displayName: 'Claude Opus 4.5', createdAt: 1_730_419_200, maxOutputTokens: 64_000 },
  { id: 'claude-opus-4-6', displayName: 'Claude Opus 4.6', createdAt: 1_770_314_400, maxOutputTokens: 128_000 },
  {
    id: 'claude-opus-4-6-1m',
    displayName: 'Claude Opus 4.6',
    remark: '1M Context',
    agenticRemark: '1M',
    createdAt: 1_770_314_400,
    maxInputTokens: 1_000_000,
    maxOutputTokens: 128_000,
  },
  {
    id: 'claude-haiku-4-5-20251001',
    displayName: 'Claude Haiku 4.5',
    createdAt: 1_727_740_800,
    maxOutputTokens: 64_000,
  },
];

const AGENTIC = '-agentic';
/** Where neither vendor nor name tells another. */
const DEFAULT_CONTEXT_TOKENS = 200_000;

/**
 * What an account's plan has, with the other names of the same models. A model that the plan has not gets none.
 * @param thinkingSuffix the account's own; empty = no name asks for thinking
 */
export function withProductNames(listed: readonly ModelInfo[], thinkingSuffix = '-thinking'): readonly ModelInfo[] {
  const isLarge = ({ id }: ModelInfo): boolean => largeModelId(id, thinkingSuffix) !== undefined;
  const usualLast = [...listed.filter(isLarge), ...listed.filter((model) => !isLarge(model))];
  const had = new Map(usualLast.map((model) => [kiroModelId(model.id, thinkingSuffix), model]));
  const known = new Set(listed.map(({ id }) => id));
  const added = PRODUCTS.filter(({ id }) => had.has(kiroModelId(id, thinkingSuffix)))
    .flatMap((product) => variantsOf(product, had.get(kiroModelId(product.id, thinkingSuffix)), thinkingSuffix))
    .filter(({ id }) => !known.has(id));
  return [...listed, ...added];
}

function variantsOf(
  { id, displayName, remark, agenticRemark = remark, createdAt, ...known }: ProductName,
  live: ModelInfo | undefined,
  thinkingSuffix: string,
): readonly ModelInfo[] {
  const maxInputTokens = known.maxInputTokens ?? live?.maxInputTokens ?? DEFAULT_CONTEXT_TOKENS;
  const maxOutputTokens = live?.maxOutputTokens ?? known.maxOutputTokens;
  const named = (suffix: string, ...remarks: readonly (string | undefined)[]): ModelInfo => ({
    id: id + suffix,
    displayName: `${displayName} ${bracketed(remarks)}`.trimEnd(),
    createdAt,
    ownedBy: 'anthropic',
    maxInputTokens,
    maxOutputTokens,
    thinks: suffix !== '' && suffix === thinkingSuffix,
  });
  return [
    named('', remark),
    ...(thinkingSuffix === '' ? [] : [named(thinkingSuffix, remark, 'Thinking')]),
    named(AGENTIC, agenticRemark, 'Agentic'),
  ];
}

function bracketed(remarks: readonly (string | undefined)[]): string {
  const said = remarks.filter((remark) => remark !== undefined);
  return said.length === 0 ? '' : `(${said.join(', ')})`;
}
