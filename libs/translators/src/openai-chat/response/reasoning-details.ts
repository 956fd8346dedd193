import type { JsonObject, Signature } from '@sluice/core';
import { signatureFamily, textMember } from '@sluice/translator-kit';

/** What one entry of OpenRouter's `reasoning_details` says in canonical words. */
export interface ReasoningDetail {
  readonly text: string;
  readonly signature?: Signature;
  readonly redacted?: string;
}

/** @see https://openrouter.ai/docs/use-cases/reasoning-tokens */
export function readReasoningDetail(detail: JsonObject): ReasoningDetail {
  const text = textMember(detail, 'text') ?? textMember(detail, 'summary') ?? '';
  const signed = textMember(detail, 'signature');
  if (signed !== undefined) return { text, signature: { family: signatureFamily(signed), value: signed } };
  const data = textMember(detail, 'data');
  if (detail['type'] !== 'reasoning.encrypted' || data === undefined) return { text };
  const isAnthropic = textMember(detail, 'format')?.startsWith('anthropic') === true;
  return isAnthropic ? { text, redacted: data } : { text, signature: { family: signatureFamily(data), value: data } };
}
