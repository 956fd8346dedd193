import type { CanonicalRequest, ContentBlock, Extensions } from '@sluice/core';
import type { RequestScope } from './request-scope.js';

/** Members about how the answer is written down, which the client's own format does on our side. */
const ANSWERED_BY_CLIENT_SIDE: ReadonlySet<string> = new Set(['stream_options']);

/** Reports the members of other formats, which Anthropic would refuse the request for: those of the request by name. */
export function reportForeign(request: CanonicalRequest, scope: RequestScope): void {
  for (const [format, members] of foreignBags(request.extensions)) {
    const names = Object.keys(members).filter((name) => !ANSWERED_BY_CLIENT_SIDE.has(name));
    if (names.length > 0) scope.dropped('', `Members that only ${format} has were left out: ${names.join(', ')}.`);
  }
  const blocks = request.messages.flatMap(({ content }) => content.flatMap(withNested));
  const tools = request.tools.filter((tool) => tool.kind === 'function');
  const count = [...request.messages, ...blocks, ...tools].filter(
    ({ extensions }) => foreignBags(extensions).length > 0,
  ).length;
  if (count > 0)
    scope.dropped('', `Members of ${count} messages, blocks or tools that only another format has were left out.`);
}

function foreignBags(extensions: Extensions | undefined) {
  if (extensions === undefined) return [];
  return Object.entries(extensions).flatMap(([format, members]) =>
    format === 'anthropic-messages' || members === undefined ? [] : [[format, members] as const],
  );
}

function withNested(block: ContentBlock): readonly ContentBlock[] {
  return block.type === 'tool-result' ? [block, ...block.content.flatMap(withNested)] : [block];
}
