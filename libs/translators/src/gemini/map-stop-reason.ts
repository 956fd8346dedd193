import type { FinishReason, JsonObject } from '@sluice/core';
import { objectMember, textMember } from '@sluice/translator-kit';

type Unified = FinishReason['unified'];

/** @see https://ai.google.dev/api/generate-content#FinishReason */
const UNIFIED: ReadonlyMap<string, Unified> = new Map(
  Object.entries({
    BLOCKLIST: 'content-filter',
    CONTINUATION: 'length', // resumable with `continuationToken`, which this gateway hands on
    FINISH_REASON_UNSPECIFIED: 'other',
    IMAGE_OTHER: 'other',
    IMAGE_PROHIBITED_CONTENT: 'content-filter',
    IMAGE_RECITATION: 'content-filter',
    IMAGE_SAFETY: 'content-filter',
    LANGUAGE: 'content-filter',
    MALFORMED_FUNCTION_CALL: 'error',
    MALFORMED_RESPONSE: 'error',
    MAX_TOKENS: 'length',
    MISSING_THOUGHT_SIGNATURE: 'error',
    MODEL_ARMOR: 'content-filter',
    NO_IMAGE: 'other',
    OTHER: 'other',
    PROHIBITED_CONTENT: 'content-filter',
    RECITATION: 'content-filter',
    SAFETY: 'content-filter',
    SPII: 'content-filter',
    STOP: 'stop',
    TOO_MANY_TOOL_CALLS: 'error',
    UNEXPECTED_TOOL_CALL: 'error',
  }),
);

const WORDS: Readonly<Record<Unified, string>> = {
  stop: 'STOP',
  'tool-calls': 'STOP',
  length: 'MAX_TOKENS',
  'context-window': 'MAX_TOKENS',
  'content-filter': 'SAFETY',
  refusal: 'SAFETY',
  pause: 'OTHER',
  error: 'OTHER',
  other: 'OTHER',
};

/** Reads a candidate's `finishReason`; undefined while it has none. */
export function mapStopReason(candidate: JsonObject | undefined): FinishReason | undefined {
  const raw = textMember(candidate, 'finishReason');
  return raw === undefined ? undefined : { unified: UNIFIED.get(raw) ?? 'other', raw };
}

/** Whether Google has published the word, so that it can be said again. */
export function isKnownStopReason(raw: string): boolean {
  return UNIFIED.has(raw);
}

/** Why a prompt was refused before anything was generated; undefined where it was not. */
export function mapBlockReason(answer: JsonObject): FinishReason | undefined {
  const raw = textMember(objectMember(answer, 'promptFeedback'), 'blockReason');
  return raw === undefined ? undefined : { unified: 'content-filter', raw };
}

/** Google's word: the vendor's own where it came from Google, else the nearest. */
export function encodeStopReason({ unified, raw }: FinishReason): string {
  const own = raw === undefined ? undefined : UNIFIED.get(raw);
  const isSame = own === unified || (own === 'stop' && unified === 'tool-calls');
  return raw !== undefined && isSame ? raw : WORDS[unified];
}
