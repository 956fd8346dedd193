import type { CanonicalRequest } from '@sluice/core';
import { invalidRequest } from '@sluice/translator-kit';

const TOOL_TYPE = /^web_search(?:_|$)/;

/** What Claude Code says before what it wants to know. */
const PREAMBLE = 'Perform a web search for the query: ';

/**
 * What to search for where a request is nothing but a search: its only tool is Anthropic's own web search, and its first message
 * says for what. A function of the client's that is called like it is none.
 * @returns undefined for every other request
 * @throws GatewayError `invalid_request` for a search for nothing
 */
export function searchQuery({ tools, messages, toolChoice }: CanonicalRequest): string | undefined {
  const [tool, ...others] = tools;
  if (tool?.kind !== 'server' || others.length > 0 || toolChoice?.mode === 'none') return undefined;
  const { format, value } = tool.raw;
  if (format !== 'anthropic-messages' || !TOOL_TYPE.test(String(value['type']))) return undefined;
  const first = messages.find(({ role }) => role !== 'system')?.content[0];
  const text = first?.type === 'text' ? first.text : '';
  const query = (text.startsWith(PREAMBLE) ? text.slice(PREAMBLE.length) : text).trim();
  if (query === '') throw invalidRequest('The first message must say what to search for.', 'messages.0.content');
  return query;
}
