import { GatewayError, type JsonObject, type JsonValue } from '@sluice/core';
import { invalidRequest, objectsMember } from '@sluice/translator-kit';

/** What the vendor of an earlier answer would have to remember, and what the client can do instead. */
const HELD: Readonly<Record<string, string>> = {
  conversation: 'send its items in "input" instead',
  prompt: 'send its text as "instructions" and "input" instead',
  background: 'ask without it and wait for the answer',
};

/** Of an id that a message repeats. */
const MAX_ID_CHARS = 256;

/**
 * Refuses what only the vendor that keeps the state can do. A request is decoded only when no account speaks this format
 * (else its bytes pass as they are), so that nobody could look up what these members and items name: leaving them out would
 * answer another question than was asked.
 * @throws GatewayError `invalid_request`, `previous_response_not_found` naming the member and what to do
 */
export function refuseHeldState(body: JsonObject): void {
  const { previous_response_id: previous } = body;
  if (previous !== undefined && previous !== null) throw unknownAnswer(previous);
  for (const [name, advice] of Object.entries(HELD)) {
    const value = body[name];
    if (value === undefined || value === null || value === false) continue;
    throw invalidRequest(
      `"${name}" needs a vendor that speaks the Responses API and keeps state, and none serves this model; ${advice}.`,
      name,
    );
  }
  const at = objectsMember(body, 'input').findIndex(isReference);
  if (at === -1) return;
  throw invalidRequest(
    `"input[${at}]" refers to an item that a vendor keeps, and no account for this model speaks the Responses API; send the item itself (many clients do so with "store": false).`,
    `input[${at}]`,
  );
}

/** A gateway that remembers answers has put them in the place of their id before. */
function unknownAnswer(id: JsonValue): GatewayError {
  const named = typeof id === 'string' ? ` with id '${id.slice(0, MAX_ID_CHARS)}'` : '';
  return new GatewayError({
    kind: 'previous_response_not_found',
    message:
      `Previous response${named} not found. No account for this model speaks the Responses API and keeps state, and the gateway ` +
      'remembers none of that id; send the earlier items in "input" instead, or ask the operator for responses.store.enabled.',
    param: 'previous_response_id',
  });
}

/** A reference may come without its type. */
function isReference(item: JsonObject): boolean {
  const { type, id, role } = item;
  return type === 'item_reference' || (type === undefined && role === undefined && typeof id === 'string');
}
