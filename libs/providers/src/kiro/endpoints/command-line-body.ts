import { removalsOf, replaceSpans, scanMembers, skipSpace, type MemberSpan, type SpanEdit } from '@sluice/streaming';

/** What the command line calls itself where the editor says `AI_EDITOR`. */
const ORIGIN = '"KIRO_CLI"';
/** The command line always says where it runs; the same for everybody. */
const ENVIRONMENT = '{"operatingSystem":"linux","currentWorkingDirectory":"/"}';

const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;

/**
 * A request of the editor in the words of the command line: another origin everywhere, no continuation, no model in what has
 * been said before, and an environment. Everything else keeps its bytes. A body that is not what it should be stays as it is.
 */
export function commandLineBody(body: Buffer): Buffer {
  const state = only(scanMembers(body, ['conversationState'])?.members.conversationState);
  if (state === undefined) return body;
  const scan = scanMembers(body, ['currentMessage', 'history', 'agentContinuationId'], state.valueStart);
  if (scan === undefined) return body;
  const { currentMessage, history, agentContinuationId } = scan.members;
  const current = inputIn(body, only(currentMessage)?.valueStart);
  const said = itemsOf(body, only(history)).flatMap((at) => inputIn(body, at) ?? []);
  const edits = [
    ...removalsOf(body, 'agentContinuationId', agentContinuationId ?? []),
    ...(current === undefined ? [] : [...originOf(body, current), ...environmentOf(body, current)]),
    ...said.flatMap((at) => [...originOf(body, at), ...modelOf(body, at)]),
  ];
  return replaceSpans(body, edits);
}

/** Where the `userInputMessage` of an entry begins. */
function inputIn(body: Buffer, at: number | undefined): number | undefined {
  if (at === undefined) return undefined;
  return only(scanMembers(body, ['userInputMessage'], at)?.members.userInputMessage)?.valueStart;
}

function originOf(body: Buffer, at: number): readonly SpanEdit[] {
  const spans = scanMembers(body, ['origin'], at)?.members.origin ?? [];
  return spans.map(({ valueStart, valueEnd }) => ({ start: valueStart, end: valueEnd, text: ORIGIN }));
}

function modelOf(body: Buffer, at: number): readonly SpanEdit[] {
  return removalsOf(body, 'modelId', scanMembers(body, ['modelId'], at)?.members.modelId ?? []);
}

function environmentOf(body: Buffer, at: number): readonly SpanEdit[] {
  const input = scanMembers(body, ['userInputMessageContext'], at);
  if (input === undefined) return [];
  const context = only(input.members.userInputMessageContext);
  const insertion = (objectEnd: number, isEmpty: boolean, member: string): SpanEdit => ({
    start: objectEnd - 1,
    end: objectEnd - 1,
    text: isEmpty ? member : `,${member}`,
  });
  if (context === undefined) {
    return [insertion(input.objectEnd, input.isEmpty, `"userInputMessageContext":{"envState":${ENVIRONMENT}}`)];
  }
  const scan = scanMembers(body, ['envState'], context.valueStart);
  if (scan === undefined || scan.members.envState !== undefined) return [];
  return [insertion(scan.objectEnd, scan.isEmpty, `"envState":${ENVIRONMENT}`)];
}

/** Where the objects of a list begin. */
function itemsOf(body: Buffer, list: MemberSpan | undefined): readonly number[] {
  if (list === undefined || body[list.valueStart] !== OPEN_BRACKET) return [];
  const starts: number[] = [];
  for (let at = skipSpace(body, list.valueStart + 1); at < list.valueEnd - 1;) {
    const item = scanMembers(body, [], at);
    if (item === undefined) return [];
    starts.push(at);
    at = skipSpace(body, item.objectEnd);
    if (body[at] === COMMA) at = skipSpace(body, at + 1);
  }
  return starts;
}

/** For `JSON.parse` the last of several counts. */
function only(spans: readonly MemberSpan[] | undefined): MemberSpan | undefined {
  return spans?.at(-1);
}
