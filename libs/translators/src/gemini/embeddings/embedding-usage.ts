import type { JsonObject, Usage } from '@sluice/core';
import { countMember, objectMember, upstreamUsage } from '@sluice/translator-kit';

/** What an answer with embeddings says of its cost. Google counts for some of its models only. */
export function embeddingUsage(answer: JsonObject | undefined): Usage | undefined {
  const raw = objectMember(answer, 'usageMetadata');
  const input = countMember(raw, 'promptTokenCount');
  return raw === undefined || input === undefined ? undefined : upstreamUsage({ input, output: 0 }, raw);
}
