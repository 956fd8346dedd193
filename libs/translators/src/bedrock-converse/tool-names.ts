import type { CanonicalRequest } from '@sluice/core';
import { SpellingMap, type SpellingRule } from '@sluice/translator-kit';

/** @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ToolSpecification.html */
const RULE: SpellingRule = { disallowed: /[^a-zA-Z0-9_-]/g, maxChars: 64 };

/** The names of a request's tools as Bedrock accepts them, and back. The same for a request and for its answer. */
export function toolNamesOf({ tools, messages }: CanonicalRequest): SpellingMap {
  const declared = tools.flatMap((tool) => (tool.kind === 'function' ? [tool.name] : []));
  const called = messages.flatMap(({ content }) =>
    content.flatMap((block) => (block.type === 'tool-call' ? [block.name] : [])),
  );
  return new SpellingMap(RULE, [...declared, ...called]);
}
