import type { PayloadPath } from './payload-path.js';

/** Members that the gateway itself has decided by: whoever changed them would be answered something else than was asked. */
const DECIDED = new Map([
  ['model', 'which model is asked is decided by routing: declare it in models'],
  ['stream', 'how the answer is read depends on it'],
]);
/** The conversation: its parts may be changed, the whole of it is the client's. */
const CONVERSATIONS: readonly string[] = ['messages', 'input', 'contents', 'prompt', 'conversationState'];

/** Why no rule may write or remove what a path leads to; undefined = it may. Continues "… which a rule must not change: ". */
export function protectedMember({ segments }: PayloadPath): string | undefined {
  const [first, ...rest] = segments;
  if (first?.kind !== 'member') return undefined;
  const decided = DECIDED.get(first.name);
  if (decided !== undefined) return decided;
  const isWhole = rest.length === 0 && CONVERSATIONS.includes(first.name);
  return isWhole ? `it is the client's conversation; a path into it is allowed (${first.name}.0.…)` : undefined;
}
