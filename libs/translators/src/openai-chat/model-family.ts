/** The efforts that every reasoning model of OpenAI takes. */
export const OPENAI_EFFORTS: readonly string[] = ['low', 'medium', 'high'];

const O_SERIES = /^o\d/;
const GPT = /^gpt-(\d+)(?:\.(\d+))?(.*)$/;
const FIRST_REASONING_GPT = 5;

/**
 * Whether OpenAI's rules for reasoning models hold: `max_completion_tokens`, the role `developer`, no temperature. A vendor
 * prefix (`openai/gpt-5`) does not matter.
 */
export function isReasoningModel(model: string): boolean {
  return reasoningEffortsOf(model).length > 0;
}

/**
 * The values of `reasoning_effort` that a model of OpenAI takes; none for every other model.
 * @see https://platform.openai.com/docs/guides/reasoning
 */
export function reasoningEffortsOf(model: string): readonly string[] {
  const name = model.slice(model.lastIndexOf('/') + 1).toLowerCase();
  if (O_SERIES.test(name)) return OPENAI_EFFORTS;
  const gpt = GPT.exec(name);
  if (gpt === null || gpt[3]?.includes('-chat') === true) return [];
  const [major, minor] = [Number(gpt[1]), Number(gpt[2] ?? 0)];
  if (major < FIRST_REASONING_GPT) return [];
  if (major === FIRST_REASONING_GPT && minor === 0) return ['minimal', ...OPENAI_EFFORTS];
  const isFirstUpdate = major === FIRST_REASONING_GPT && minor === 1;
  return isFirstUpdate ? ['none', ...OPENAI_EFFORTS] : ['none', ...OPENAI_EFFORTS, 'xhigh'];
}
