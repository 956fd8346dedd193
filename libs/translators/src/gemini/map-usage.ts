import type { JsonObject, Usage } from '@sluice/core';
import { countMember, objectsMember, upstreamUsage } from '@sluice/translator-kit';

const COUNTS = [
  'promptTokenCount',
  'candidatesTokenCount',
  'thoughtsTokenCount',
  'toolUsePromptTokenCount',
  'totalTokenCount',
] as const;

/**
 * `usageMetadata` in canonical counts; undefined when it counts nothing. Thoughts and the results of the vendor's tools stand
 * beside output and prompt and are added to them; what came from a cache is part of the prompt. Counts of zero are left out
 * on the wire.
 * @see https://ai.google.dev/api/generate-content#UsageMetadata
 */
export function mapUsage(raw: JsonObject): Usage | undefined {
  const [prompt, candidates, thoughts, toolUse, total] = COUNTS.map((name) => countMember(raw, name));
  if ([prompt, candidates, thoughts, toolUse, total].every((count) => count === undefined)) return undefined;
  return upstreamUsage(
    {
      input: (prompt ?? 0) + (toolUse ?? 0),
      output: (candidates ?? 0) + (thoughts ?? 0),
      cacheRead: countMember(raw, 'cachedContentTokenCount'),
      reasoning: thoughts,
      audioInput: audioIn(raw, 'promptTokensDetails'),
      audioOutput: audioIn(raw, 'candidatesTokensDetails'),
    },
    raw,
  );
}

/** `usageMetadata` of an answer: the vendor's own where it counts the same, else made from the counts. */
export function encodeUsage(usage: Usage): JsonObject {
  const own = usage.raw && mapUsage(usage.raw);
  if (usage.raw !== undefined && own?.input === usage.input && own?.output === usage.output) return usage.raw;
  const { input, output, cacheRead } = usage;
  const reasoning = usage.reasoning && Math.min(usage.reasoning, output ?? usage.reasoning); // a part of the output
  return {
    ...(input !== undefined && { promptTokenCount: input }),
    ...(output !== undefined && { candidatesTokenCount: output - (reasoning ?? 0) }),
    ...(reasoning !== undefined && { thoughtsTokenCount: reasoning }),
    ...(cacheRead !== undefined && { cachedContentTokenCount: cacheRead }),
    totalTokenCount: (input ?? 0) + (output ?? 0),
  };
}

function audioIn(raw: JsonObject, member: string): number | undefined {
  return countMember(
    objectsMember(raw, member).find(({ modality }) => modality === 'AUDIO'),
    'tokenCount',
  );
}
