import type { JsonObject } from '@sluice/core';
import { scanMembers, type MemberSpan } from '@sluice/streaming';
import { lastValues, parseJsonObject, pickMembers, withoutByteOrderMark } from '@sluice/translator-kit';

/** Smaller answers are parsed faster than scanned; larger ones hold images or audio, which a scan steps over. */
const SCAN_FROM_BYTES = 64 * 1024;

const ANSWER_MEMBERS = ['object', 'error', 'usage', 'x_groq'] as const;
const CHOICE_MEMBERS = ['index', 'finish_reason', 'error', 'usage'] as const;

const COMMA = 0x2c;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const SPACES: ReadonlySet<number | undefined> = new Set([0x20, 0x09, 0x0a, 0x0d]);

/** What observation needs of a whole answer: at least the members named above. Undefined when it is no JSON object. */
export function scanAnswer(body: Buffer): JsonObject | undefined {
  const json = withoutByteOrderMark(body);
  const picked = json.length < SCAN_FROM_BYTES ? undefined : pickAnswer(json);
  return picked ?? parseJsonObject(json.toString());
}

/** Undefined on any doubt. */
function pickAnswer(body: Buffer): JsonObject | undefined {
  const scan = scanMembers(body, [...ANSWER_MEMBERS, 'choices']);
  const answer = scan && lastValues(body, scan, ANSWER_MEMBERS);
  if (answer === undefined) return undefined;
  const choices = pickChoices(body, scan?.members.choices?.at(-1));
  return choices && { ...answer, choices };
}

function pickChoices(body: Buffer, array: MemberSpan | undefined): readonly JsonObject[] | undefined {
  if (array === undefined) return [];
  if (body[array.valueStart] !== OPENING_BRACKET) return undefined;
  const choices: JsonObject[] = [];
  let at = skipSpaces(body, array.valueStart + 1);
  while (body[at] !== CLOSING_BRACKET) {
    const choice = pickMembers(body, CHOICE_MEMBERS, at);
    if (choice === undefined) return undefined;
    choices.push(choice.members);
    at = skipSpaces(body, choice.scan.objectEnd);
    if (body[at] === COMMA) at = skipSpaces(body, at + 1);
    else if (body[at] !== CLOSING_BRACKET) return undefined;
  }
  return choices;
}

function skipSpaces(body: Buffer, at: number): number {
  while (SPACES.has(body[at])) at += 1;
  return at;
}
