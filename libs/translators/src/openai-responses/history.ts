import { isJsonObject, type JsonObject, type JsonValue, type SseFrame } from '@sluice/core';
import { replaceSpans, scanMembers, type MemberSpan, type ObjectScan, type SpanEdit } from '@sluice/streaming';
import {
  lastValues,
  objectsMember,
  parseJsonObject,
  serialiseBody,
  setMember,
  textMember,
  withoutByteOrderMark,
  type HistoryFacts,
  type HistorySide,
  type KeptAnswer,
  type WireCall,
} from '@sluice/translator-kit';

const READ = ['previous_response_id', 'store'] as const;
const RESUMED = ['input', 'previous_response_id'] as const;

/** The last events of a stream that came to its end, each with the whole response. */
const LAST_EVENTS: ReadonlySet<string> = new Set(['response.completed', 'response.incomplete']);

/** One response, and nothing below it. */
const RESPONSE_PATH = /^\/v1\/responses\/([\w-]{1,256})\/?$/i;

const OPEN_BRACKET = 0x5b;
const QUOTE = 0x22;
/** The first letter of `null`. */
const NULL = 0x6e;
const COMMA = Buffer.from(',');
const NOTHING = Buffer.alloc(0);

/**
 * How clients continue an earlier response: `previous_response_id` stands for its input and its output. The instructions of
 * the earlier request are not part of it. A request is remembered unless it says `store: false`.
 * @see https://platform.openai.com/docs/guides/conversation-state
 */
export const history: HistorySide = { read, resume, keep, answerIn, idInPath, encodeForgotten };

function read(body: Buffer): HistoryFacts {
  const json = withoutByteOrderMark(body);
  const scan = scanMembers(json, READ);
  const members = (scan && lastValues(json, scan, READ)) ?? parseJsonObject(json.toString()) ?? {};
  const id = members['previous_response_id'];
  return {
    previousId: typeof id === 'string' && id !== '' ? id : undefined,
    isKept: members['store'] !== false,
  };
}

/**
 * Only two members change; every other byte stays. An input that is no conversation stays for whoever decodes it. Of a member that
 * is repeated only the last one is left: with the conversation in each of them the body would become as large as a client likes.
 */
function resume(call: WireCall, items: Buffer): WireCall {
  const json = withoutByteOrderMark(call.body);
  const scan = scanMembers(json, RESUMED);
  if (scan === undefined || (scan.members.input?.length ?? 0) > 1) return resumeParsed(call, items);
  const own = ownItems(json, scan);
  const input = own && `[${joined(items, own).toString()}]`;
  // a missing input goes to the end, so that the places of the other member stay
  const named = input !== undefined && scan.members.input === undefined ? setMember(json, scan, 'input', input) : json;
  const edits = [
    ...(scan.members.previous_response_id ?? []).map((span) => editOf(span, 'null')),
    ...(input === undefined ? [] : (scan.members.input ?? []).map((span) => editOf(span, input))),
  ];
  return { ...call, body: replaceSpans(named, edits) };
}

function editOf({ valueStart, valueEnd }: MemberSpan, text: string): SpanEdit {
  return { start: valueStart, end: valueEnd, text };
}

/** The slow way, for bodies that the scanner does not vouch for. */
function resumeParsed(call: WireCall, items: Buffer): WireCall {
  const body = parseJsonObject(withoutByteOrderMark(call.body).toString());
  if (body === undefined) return call; // whoever decodes it says what is wrong
  const earlier = JSON.parse(`[${items.toString()}]`) as readonly JsonValue[]; // what we have put together ourselves
  const input = [...earlier, ...itemsOfValue(body['input'])];
  return { ...call, body: serialiseBody({ ...body, input, previous_response_id: null }) };
}

function keep(call: WireCall, answer: JsonObject): KeptAnswer | undefined {
  const id = textMember(answer, 'id');
  const json = withoutByteOrderMark(call.body);
  const scan = scanMembers(json, RESUMED);
  const own = scan && ownItems(json, scan);
  if (id === undefined || own === undefined || answer['status'] === 'failed') return undefined;
  const output = objectsMember(answer, 'output').map((item) => JSON.stringify(item));
  return {
    id,
    answer: Buffer.from(JSON.stringify(answer)),
    items: joined(own, Buffer.from(output.join(','))),
  };
}

function answerIn({ event, data }: SseFrame): JsonObject | undefined {
  if (event === undefined || !LAST_EVENTS.has(event)) return undefined;
  const response = parseJsonObject(data)?.['response'];
  return response !== undefined && isJsonObject(response) ? response : undefined;
}

function idInPath(path: string): string | undefined {
  return RESPONSE_PATH.exec(path)?.[1];
}

function encodeForgotten(id: string): JsonObject {
  return { id, object: 'response', deleted: true };
}

/** The items of a scanned request, as they stand there; undefined = its input is neither a text nor a list. */
function ownItems(json: Buffer, scan: ObjectScan<'input'>): Buffer | undefined {
  const span = scan.members.input?.at(-1);
  if (span === undefined) return NOTHING;
  const raw = json.subarray(span.valueStart, span.valueEnd);
  switch (raw[0]) {
    case OPEN_BRACKET:
      return withoutSpace(raw.subarray(1, -1));
    case QUOTE:
      return Buffer.concat([Buffer.from('{"role":"user","content":'), raw, Buffer.from('}')]);
    case NULL:
      return NOTHING;
    default:
      return undefined;
  }
}

function itemsOfValue(input: JsonValue | undefined): readonly JsonValue[] {
  if (Array.isArray(input)) return input as readonly JsonValue[]; // Array.isArray forgets the element type
  return typeof input === 'string' ? [{ role: 'user', content: input }] : [];
}

/** A list of nothing but white space has no items to put a comma to. */
function withoutSpace(raw: Buffer): Buffer {
  return raw.toString('latin1').trim() === '' ? NOTHING : raw;
}

function joined(first: Buffer, second: Buffer): Buffer {
  if (first.length === 0 || second.length === 0) return first.length === 0 ? second : first;
  return Buffer.concat([first, COMMA, second]);
}
