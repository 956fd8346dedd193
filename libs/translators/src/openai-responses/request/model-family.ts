/** The efforts that every reasoning model of OpenAI takes. */
const COMMON: readonly string[] = ['low', 'medium', 'high'];

const NO_REASONING = /^(?:gpt-(?:3|4)|chatgpt-|.*-chat(?:-|$))/;
const O_SERIES = /^o\d/;
const GPT = /^gpt-(\d+)(?:\.(\d+))?/;
const FIRST_REASONING_GPT = 5;

export interface ModelTraits {
  /** The values of `reasoning.effort` that the model takes; empty = none. Undefined = a model that we know nothing of. */
  readonly efforts: readonly string[] | undefined;
  /** Whether OpenAI's rules for reasoning models hold: no temperature, and reasoning that comes back encrypted. */
  readonly isReasoning: boolean;
}

/**
 * What a model takes, by its name; a vendor's prefix (`openai/gpt-5`) does not matter.
 * @see https://platform.openai.com/docs/guides/reasoning
 */
export function traitsOf(model: string): ModelTraits {
  const name = model.slice(model.lastIndexOf('/') + 1).toLowerCase();
  if (NO_REASONING.test(name)) return { efforts: [], isReasoning: false };
  if (O_SERIES.test(name)) return { efforts: COMMON, isReasoning: true };
  const [, major, minor = '0'] = GPT.exec(name) ?? [];
  if (major === undefined || Number(major) < FIRST_REASONING_GPT) return { efforts: undefined, isReasoning: false };
  return { efforts: gptEfforts(Number(major), Number(minor)), isReasoning: true };
}

/** `minimal` was there with the first of them only; `none` came with the first update, `xhigh` with the second. */
function gptEfforts(major: number, minor: number): readonly string[] {
  if (major === FIRST_REASONING_GPT && minor === 0) return ['minimal', ...COMMON];
  if (major === FIRST_REASONING_GPT && minor === 1) return ['none', ...COMMON];
  return ['none', ...COMMON, 'xhigh'];
}
