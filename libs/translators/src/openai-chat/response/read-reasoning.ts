import type { JsonObject, ReasoningBlock } from '@sluice/core';
import { objectsMember } from '@sluice/translator-kit';
import { carriedBy, carry } from '../carried.js';
import { decodeReasoningText } from '../request/decode-history-reasoning.js';
import { readReasoningDetail } from './reasoning-details.js';

/**
 * The reasoning in a vendor's message, whichever way it spells it. `reasoning_details` repeat the text and add signatures;
 * they are also carried, because OpenRouter wants them back as they were.
 */
export function readReasoning(message: JsonObject): readonly ReasoningBlock[] {
  const spelled = decodeReasoningText(message);
  const details = objectsMember(message, 'reasoning_details');
  if (details.length === 0) return spelled;
  const read = details.map(readReasoningDetail);
  const signature = read.findLast((detail) => detail.signature !== undefined)?.signature;
  const redacted = read.findLast((detail) => detail.redacted !== undefined)?.redacted;
  return [
    {
      type: 'reasoning',
      text: spelled[0]?.text ?? read.map(({ text }) => text).join(''),
      ...(signature !== undefined && { signature }),
      ...(redacted !== undefined && { redacted }),
      ...carry(carriedBy(spelled[0]), { reasoning_details: details }),
    },
  ];
}
