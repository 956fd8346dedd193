/** What a model takes, as far as it changes what a request may say. */
export interface ModelTraits {
  /** Most tokens of one answer; undefined for models that we do not know. */
  readonly maxOutputTokens?: number;
  /**
   * How thinking is switched on: not at all, by a budget, by the model's own judgement (`adaptive`), or by either. Where it
   * is not known, a budget is what most imitators of Anthropic understand.
   */
  readonly thinking: 'none' | 'budget' | 'either' | 'adaptive' | 'unknown';
  /** Efforts of `output_config`, weakest first; none where the member is refused. */
  readonly efforts: readonly string[];
  /** Whether temperature and top_p may both be set, only one of them, or no sampling member at all. */
  readonly sampling: 'both' | 'one' | 'none';
  readonly structuredOutput: boolean;
}

const K = 1000;

/** A model that we do not know is asked in the words of the request; its vendor judges them. */
const UNKNOWN: ModelTraits = {
  thinking: 'unknown',
  efforts: ['low', 'medium', 'high', 'xhigh', 'max'],
  sampling: 'both',
  structuredOutput: true,
};

/** `claude-opus-4-6`, `anthropic.claude-sonnet-4-5-20250929-v1:0`, `claude-opus-4.1`; the date is no minor version. */
const CURRENT_NAME = /\bclaude-([a-z]+)-(\d{1,2})(?:[-.](\d{1,2}))?(?!\d)/;
/** `claude-3-7-sonnet-20250219`, `claude-3-opus-latest`. */
const OLD_NAME = /\bclaude-(\d)(?:[-.](\d))?-(?:opus|sonnet|haiku)/;

/**
 * What the model of that name takes.
 * @see https://platform.claude.com/docs/en/about-claude/models/overview
 */
export function traitsOf(model: string): ModelTraits {
  const old = OLD_NAME.exec(model);
  if (old !== null) return oldTraits(Number(old[1]) + Number(old[2] ?? 0) / 10);
  const current = CURRENT_NAME.exec(model);
  if (current === null) return UNKNOWN;
  return currentTraits(current[1] ?? '', Number(current[2]) * 100 + Number(current[3] ?? 0));
}

function oldTraits(version: number): ModelTraits {
  const isThinking = version >= 3.7;
  return {
    maxOutputTokens: isThinking ? 128 * K : version >= 3.5 ? 8192 : 4096,
    thinking: isThinking ? 'budget' : 'none',
    efforts: [],
    sampling: 'both',
    structuredOutput: false,
  };
}

/** @param version major × 100 + minor, so that 4.10 is more than 4.9 */
function currentTraits(family: string, version: number): ModelTraits {
  if (version >= 407) {
    return {
      maxOutputTokens: 128 * K,
      thinking: 'adaptive',
      efforts: ['low', 'medium', 'high', 'xhigh', 'max'],
      sampling: 'none',
      structuredOutput: true,
    };
  }
  if (version === 406) {
    return {
      maxOutputTokens: 128 * K,
      thinking: 'either',
      efforts: ['low', 'medium', 'high', 'max'],
      sampling: 'one',
      structuredOutput: true,
    };
  }
  const isOpus = family === 'opus';
  return {
    maxOutputTokens: isOpus && version < 405 ? 32 * K : 64 * K,
    thinking: 'budget',
    efforts: isOpus && version === 405 ? ['low', 'medium', 'high'] : [],
    sampling: 'one',
    structuredOutput: version >= 405 || (isOpus && version === 401),
  };
}
