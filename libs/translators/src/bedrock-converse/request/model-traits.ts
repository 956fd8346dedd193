import type { TranslationContext } from '@sluice/translator-kit';
import { modelVendor, type ModelVendor } from './model-vendor.js';

/** What a model takes, as far as it changes what a request may say. */
export interface ModelTraits {
  readonly vendor: ModelVendor;
  /**
   * How thinking is asked for: not at all; Anthropic's budget, its own judgement (`adaptive`), or either; an effort for Nova or
   * for OpenAI's models.
   */
  readonly thinking: 'none' | 'budget' | 'either' | 'adaptive' | 'nova-effort' | 'openai-effort';
  /** Most tokens of one answer, where it is known: without a limit of the client's a model that thinks is told this one. */
  readonly maxOutputTokens?: number;
  /** Efforts beside thinking (`outputConfig.effort`), weakest first. */
  readonly efforts: readonly string[];
  /** Whether temperature and topP may both be set, only one of them, or neither. */
  readonly sampling: 'both' | 'one' | 'none';
  readonly structuredOutput: boolean;
  /** Where cache points may stand. @see https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html */
  readonly cachePoints: 'everywhere' | 'not-on-tools' | 'nowhere';
  /** Whether a tool result may say that it is an error. */
  readonly hasResultStatus: boolean;
}

const BASE = {
  thinking: 'none',
  efforts: [],
  sampling: 'both',
  structuredOutput: true,
  cachePoints: 'nowhere',
  hasResultStatus: false,
} as const satisfies Omit<ModelTraits, 'vendor'>;

const K = 1000;

/** A model whose vendor is not known is asked in the words of the request; Bedrock judges them. */
const UNKNOWN: ModelTraits = {
  ...BASE,
  vendor: 'unknown',
  thinking: 'either',
  efforts: ['low', 'medium', 'high', 'xhigh', 'max'],
  cachePoints: 'everywhere',
  hasResultStatus: true,
};

/** `claude-opus-4-6-v1`, `claude-sonnet-4-5-20250929-v1:0`; the date is no minor version. */
const CURRENT_NAME = /\bclaude-([a-z]+)-(\d{1,2})(?:[-.](\d{1,2}))?(?!\d)/;
/** `claude-3-7-sonnet-20250219-v1:0`. */
const OLD_NAME = /\bclaude-(\d)(?:[-.](\d))?-(?:opus|sonnet|haiku)/;
/** The second generation. */
const NOVA_THAT_THINKS = /nova-[2-9]/;

/** What the model of a call takes. */
export function traitsOf({ upstreamModel, requestedModel }: TranslationContext): ModelTraits {
  const vendor = modelVendor(upstreamModel, requestedModel);
  switch (vendor) {
    case 'anthropic':
      return claudeTraits(
        OLD_NAME.test(upstreamModel) || CURRENT_NAME.test(upstreamModel) ? upstreamModel : requestedModel,
      );
    case 'nova': {
      const thinking = NOVA_THAT_THINKS.test(upstreamModel) ? 'nova-effort' : 'none';
      return { ...BASE, vendor, thinking, structuredOutput: false, cachePoints: 'not-on-tools', hasResultStatus: true };
    }
    case 'openai':
      return { ...BASE, vendor, thinking: 'openai-effort' };
    case 'mistral':
    case 'cohere':
    case 'other':
      return { ...BASE, vendor };
    case 'unknown':
      return UNKNOWN;
    default:
      return unknownVendor(vendor);
  }
}

/** @see https://platform.claude.com/docs/en/about-claude/models/overview */
function claudeTraits(model: string): ModelTraits {
  const claude = { ...UNKNOWN, vendor: 'anthropic' } as const satisfies ModelTraits;
  const old = OLD_NAME.exec(model);
  if (old !== null) {
    const thinks = Number(old[1]) + Number(old[2] ?? 0) / 10 >= 3.7;
    const thinking = thinks
      ? ({ thinking: 'budget', maxOutputTokens: 64 * K } as const)
      : ({ thinking: 'none' } as const);
    return { ...claude, ...thinking, efforts: [], structuredOutput: false };
  }
  const current = CURRENT_NAME.exec(model);
  if (current === null) return claude;
  const version = Number(current[2]) * 100 + Number(current[3] ?? 0); // 4.10 is more than 4.9
  if (version >= 406) {
    const newest = { ...claude, maxOutputTokens: 128 * K };
    return version === 406
      ? { ...newest, efforts: ['low', 'medium', 'high', 'max'], sampling: 'one' }
      : { ...newest, thinking: 'adaptive', sampling: 'none' };
  }
  const hasEffort = current[1] === 'opus' && version === 405;
  return {
    ...claude,
    thinking: 'budget',
    maxOutputTokens: current[1] === 'opus' && version < 405 ? 32 * K : 64 * K,
    efforts: hasEffort ? ['low', 'medium', 'high'] : [],
    sampling: 'one',
    structuredOutput: version >= 405,
  };
}

function unknownVendor(vendor: never): never {
  throw new TypeError(`unknown vendor ${String(vendor)}`);
}
