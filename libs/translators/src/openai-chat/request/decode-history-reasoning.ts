import type { ContentBlock, JsonObject, ReasoningBlock } from '@sluice/core';
import { objectsMember, signatureFamily, textMember } from '@sluice/translator-kit';
import { carry, spelled } from '../carried.js';

/** Reasoning as vendors spell it in an assistant's message or delta; the first that is there counts. */
export const REASONING_TEXT_MEMBERS = ['reasoning_content', 'reasoning', 'reasoning_text'] as const;

/** Everything that an assistant's message may say of its reasoning and that becomes blocks. */
export const REASONING_MEMBERS = [...REASONING_TEXT_MEMBERS, 'thinking_blocks'] as const;

/**
 * The reasoning in an assistant's message of the history. `thinking_blocks` (as LiteLLM and its clients spell it) keep
 * Anthropic's signatures, so they are preferred to plain text.
 */
export function decodeHistoryReasoning(message: JsonObject): readonly ContentBlock[] {
  const blocks = objectsMember(message, 'thinking_blocks').flatMap(decodeThinkingBlock);
  if (blocks.length > 0) return blocks;
  return decodeReasoningText(message);
}

/** `reasoning_content`, `reasoning` or `reasoning_text` as a block. Other spellings than the first are carried. */
export function decodeReasoningText(message: JsonObject): readonly ReasoningBlock[] {
  for (const member of REASONING_TEXT_MEMBERS) {
    const text = textMember(message, member);
    if (text !== undefined) return [{ type: 'reasoning', text, ...carry(spellingOf(member)) }];
  }
  return [];
}

/** What a reasoning node carries when its text does not stand in `reasoning_content`. */
export function spellingOf(member: ReasoningMember): JsonObject | undefined {
  return SPELLINGS[member];
}

type ReasoningMember = (typeof REASONING_MEMBERS)[number] | 'reasoning_details';

/** Made once: a stream asks for every delta. */
const SPELLINGS: Readonly<Record<ReasoningMember, JsonObject | undefined>> = {
  reasoning_content: undefined,
  reasoning: spelled({ reasoning_member: 'reasoning' }),
  reasoning_text: spelled({ reasoning_member: 'reasoning_text' }), // GitHub Copilot
  reasoning_details: spelled({ reasoning_member: 'reasoning_details' }),
  thinking_blocks: spelled({ reasoning_member: 'thinking_blocks' }),
};

function decodeThinkingBlock(block: JsonObject): readonly ReasoningBlock[] {
  const carried = carry(spellingOf('thinking_blocks'));
  const redacted = textMember(block, 'data');
  if (block['type'] === 'redacted_thinking' && redacted !== undefined) {
    return [{ type: 'reasoning', text: '', redacted, ...carried }];
  }
  const { thinking } = block;
  const signature = textMember(block, 'signature');
  if (typeof thinking !== 'string') return [];
  return [
    {
      type: 'reasoning',
      text: thinking,
      ...(signature !== undefined && { signature: { family: signatureFamily(signature), value: signature } }),
      ...carried,
    },
  ];
}
