import { isReasoningEffort } from '@sluice/translator-kit';
import { takesGeminiProofs } from './thought-signature.js';
import { OPENAI_EFFORTS, reasoningEffortsOf, isReasoningModel } from './model-family.js';

/** In which of the assistant's messages a vendor wants its reasoning back. */
export type SendReasoningBack = 'never' | 'tool-loop' | 'always';

/** `thinking: {type}` (DeepSeek, Kimi, GLM) or `enable_thinking` (Qwen). */
export type ReasoningSwitch = 'thinking' | 'enable_thinking';

/** How a vendor of this format differs from OpenAI, with the answers for one model. */
export interface ChatDialect {
  readonly maxTokensField: 'max_tokens' | 'max_completion_tokens';
  /** Whether a request is refused for the other name, as OpenAI's reasoning models do. */
  readonly refusesMaxTokens: boolean;
  /** Whether system messages are called `developer`. */
  readonly developerRole: boolean;
  /** Whether a client's own `developer` stays one. */
  readonly knowsDeveloper: boolean;
  readonly systemPosition: 'any' | 'first';
  readonly sendReasoningBack: SendReasoningBack;
  readonly reasoningField: 'reasoning_content' | 'reasoning';
  /** The values of `reasoning_effort` that the model takes; empty = it has no such member. */
  readonly reasoningEfforts: readonly string[];
  /** The member that switches thinking on and off; undefined = there is none. */
  readonly reasoningSwitch: ReasoningSwitch | undefined;
  /** Whether the model takes temperature, top_p, penalties and log probabilities. */
  readonly takesSampling: boolean;
  readonly streamUsage: boolean;
  /** Whether a tool message may hold images. */
  readonly toolImages: boolean;
  /** Whether `content: null` is taken beside tool calls. */
  readonly nullContent: boolean;
  /** Whether `cache_control` is taken at parts and tools (OpenRouter). */
  readonly cacheControl: boolean;
  readonly topK: boolean;
  /** Whether ids of calls must be nine letters or digits (Mistral). */
  readonly shortToolIds: boolean;
  /** Whether reasoning stands in tags at the beginning of the text, where a vendor leaves it there. */
  readonly thinkTags: boolean;
  /** Whether a proof of Google's stands at the calls of the history (Google's own models). */
  readonly takesGeminiProofs: boolean;
  /** Whether one answer is spread over several choices, text here and calls there (GitHub Copilot). */
  readonly splitsChoices: boolean;
}

type Settings = Readonly<Record<string, unknown>>;

/**
 * The dialect of an account for a model: what the account's settings say, else what the model's name tells, else what every
 * imitation of OpenAI understands.
 *
 * @param settings the account's settings by name, which never change; those of the wrong type count as absent
 */
export function readDialect(settings: Settings, model: string): ChatDialect {
  const last = LAST_READ.get(settings);
  if (last?.model === model) return last.dialect;
  const dialect = read(settings, model);
  LAST_READ.set(settings, { model, dialect });
  return dialect;
}

/** Hot path: it is asked for twice in every exchange, and an account's settings never change. */
const LAST_READ = new WeakMap<Settings, { readonly model: string; readonly dialect: ChatDialect }>();

function read(settings: Settings, model: string): ChatDialect {
  const isReasoning = isReasoningModel(model);
  const flag = (name: string): boolean | undefined =>
    typeof settings[name] === 'boolean' ? settings[name] : undefined;
  const maxTokensField =
    settings['maxTokensField'] === 'max_tokens' || settings['maxTokensField'] === 'max_completion_tokens'
      ? settings['maxTokensField']
      : isReasoning
        ? 'max_completion_tokens'
        : 'max_tokens';
  return {
    maxTokensField,
    refusesMaxTokens: isReasoning && maxTokensField === 'max_completion_tokens',
    developerRole: flag('developerRole') ?? isReasoning,
    knowsDeveloper: flag('developerRole') ?? true,
    systemPosition: settings['systemPosition'] === 'first' ? 'first' : 'any',
    sendReasoningBack: sendReasoningBack(settings['sendReasoningBack']),
    reasoningField: settings['reasoningField'] === 'reasoning' ? 'reasoning' : 'reasoning_content',
    reasoningEfforts: reasoningEfforts(settings['reasoningEffort']) ?? reasoningEffortsOf(model),
    reasoningSwitch: reasoningSwitch(settings['reasoningSwitch']),
    takesSampling: !isReasoning,
    streamUsage: flag('streamUsage') ?? true,
    toolImages: flag('toolImages') ?? false,
    nullContent: flag('nullContent') ?? true,
    cacheControl: flag('cacheControl') ?? false,
    topK: flag('topK') ?? false,
    shortToolIds: settings['toolIds'] === 'nine-alphanumerics',
    thinkTags: flag('thinkTags') ?? false,
    takesGeminiProofs: takesGeminiProofs(model),
    splitsChoices: beginsWithOneOf(settings['splitChoices'], model),
  };
}

function sendReasoningBack(setting: unknown): SendReasoningBack {
  return setting === 'always' || setting === 'tool-loop' ? setting : 'never';
}

function reasoningSwitch(setting: unknown): ReasoningSwitch | undefined {
  return setting === 'thinking' || setting === 'enable_thinking' ? setting : undefined;
}

/** The setting names how such models begin. */
function beginsWithOneOf(setting: unknown, model: string): boolean {
  return Array.isArray(setting) && setting.some((start) => typeof start === 'string' && model.startsWith(start));
}

/** `true`: OpenAI's words; a list: these; `false`: none. */
function reasoningEfforts(setting: unknown): readonly string[] | undefined {
  if (setting === true) return OPENAI_EFFORTS;
  if (setting === false) return [];
  return Array.isArray(setting)
    ? setting.filter((word) => typeof word === 'string' && isReasoningEffort(word))
    : undefined;
}
