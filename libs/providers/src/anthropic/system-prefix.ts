import { insertMember, parseSpan, replaceSpans, scanMembers, type MemberSpan } from '@sluice/streaming';
import { isJsonObject, type JsonValue } from '@sluice/core';
import type { Account, Credential } from '@sluice/provider-kit';
import { settingsOf } from './settings.js';

const MEMBER = 'system';

/**
 * The body with the text that the operator puts before every system prompt of a subscription: a block of its own, so that the
 * client's blocks stay as they are, with what they say of caching. A body that begins with it, or that is no JSON object,
 * stays as it is.
 */
export function withSystemPrefix(body: Buffer, account: Account, credential: Credential): Buffer {
  const { systemPrefix } = settingsOf(account);
  if (systemPrefix === undefined || credential.kind !== 'oauth') return body;
  const scan = scanMembers(body, [MEMBER]);
  if (scan === undefined) return body;
  const block = JSON.stringify({ type: 'text', text: systemPrefix });
  // of a member that is repeated the last one counts at the vendor; in each of them the text would be sent as often as a client likes
  const span = scan.members[MEMBER]?.at(-1);
  if (span === undefined) return insertMember(body, scan, MEMBER, `[${block}]`);
  const text = prefixed(body, span, { block, systemPrefix });
  return text === undefined ? body : replaceSpans(body, [{ start: span.valueStart, end: span.valueEnd, text }]);
}

/** A body that is no JSON after all: the vendor says what is wrong with it. */
const UNREADABLE = Symbol('unreadable');

function readSpan(body: Buffer, span: MemberSpan): JsonValue | typeof UNREADABLE {
  try {
    return parseSpan(body, span);
  } catch {
    return UNREADABLE;
  }
}

/** Undefined = it stays as it is. */
function prefixed(
  body: Buffer,
  span: MemberSpan,
  { block, systemPrefix }: { readonly block: string; readonly systemPrefix: string },
): string | undefined {
  const raw = body.toString('utf8', span.valueStart, span.valueEnd);
  const value = readSpan(body, span);
  if (value === UNREADABLE) return undefined;
  if (typeof value === 'string') {
    return value.startsWith(systemPrefix) ? undefined : `[${block},{"type":"text","text":${raw}}]`;
  }
  if (!Array.isArray(value)) return `[${block}]`;
  const [first] = value;
  if (isJsonObject(first) && first['text'] === systemPrefix) return undefined;
  return first === undefined ? `[${block}]` : `[${block},${raw.slice(1)}`;
}
