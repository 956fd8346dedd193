import { isJsonObject, type JsonObject, type JsonValue } from '@sluice/core';

/** The tool that every vendor calls alike, and that clients of this format know how to show. */
export const WEB_SEARCH = 'web_search';

/** What a search of another vendor is called, so that Anthropic is not shown it as one of its own. */
const FOREIGN_ID = 'srvtoolu_ws_';
const FOREIGN_IDS = Buffer.from(`"${FOREIGN_ID}`);

/**
 * A web search that another vendor ran, as this format says it: the call, and a result that lists nothing, because what was found is
 * shown only by Anthropic, sealed. Nothing when it is not known what was searched for: pages that were opened are no searches.
 */
export function searchBlocks(id: string, input: JsonValue | undefined): readonly JsonObject[] {
  const query = input !== undefined && isJsonObject(input) ? input['query'] : undefined;
  if (typeof query !== 'string') return [];
  const ownId = FOREIGN_ID + id.replace(/^ws_/, '').replaceAll(/[^\w]/g, '_');
  return [
    { type: 'server_tool_use', id: ownId, name: WEB_SEARCH, input: { query } },
    { type: 'web_search_tool_result', tool_use_id: ownId, content: [] },
  ];
}

/** Whether a block of a history is a search that {@link searchBlocks} has made. */
export function isForeignSearch({ id, tool_use_id: callId }: JsonObject): boolean {
  const own = id ?? callId;
  return typeof own === 'string' && own.startsWith(FOREIGN_ID);
}

/** Whether there may be one in a body. Hot path: bytes are searched. */
export function mayHoldForeignSearch(body: Buffer): boolean {
  return body.includes(FOREIGN_IDS);
}
