type Environment = Readonly<Record<string, string | undefined>>;

/** kiro-gateway asks every model for so much unless told otherwise. */
const DEFAULT_MAX_TOKENS = 4000;
const HANDLINGS = ['as_reasoning_content', 'remove', 'pass', 'strip_tags'];
const FALSE_WORDS: ReadonlySet<string> = new Set(['false', '0', 'no', 'off', 'disabled']);
const NAMES = ['FAKE_REASONING', 'FAKE_REASONING_MAX_TOKENS', 'FAKE_REASONING_HANDLING'] as const;

/** Whether a variable says no. Anything else, also nothing, is a yes. */
export function saysNo(value: string | undefined): boolean {
  return FALSE_WORDS.has((value ?? '').trim().toLowerCase());
}

/**
 * The `reasoning` member of an account that behaves as kiro-gateway does with these variables. It teaches every model the
 * tags, also where the client asks for nothing. Undefined where none of its variables is set.
 */
export function environmentReasoning(environment: Environment): Readonly<Record<string, unknown>> | undefined {
  if (NAMES.every((name) => environment[name] === undefined)) return undefined;
  const [switched, maxTokens, handling] = NAMES.map((name) => environment[name]?.trim() ?? '');
  const isOn = !saysNo(switched);
  const budget = Number(maxTokens);
  const word = (handling ?? '').toLowerCase();
  return {
    mode: isOn ? 'tags' : 'off',
    always: isOn,
    budgetTokens: maxTokens !== '' && Number.isInteger(budget) && budget > 0 ? budget : DEFAULT_MAX_TOKENS,
    handling: HANDLINGS.includes(word) ? word : 'as_reasoning_content',
  };
}
