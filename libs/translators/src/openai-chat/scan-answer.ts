import type { JsonObject } from '@sluice/core';
import { scanMembers } from '@sluice/streaming';
import { parseJsonObject, pickMembers, withoutByteOrderMark } from '@sluice/translator-kit';

const ANSWER_MEMBERS = ['object', 'error', 'usage', 'x_groq'] as const;
const CHOICE_MEMBERS = ['index', 'finish_reason', 'error', 'usage'] as const;

const COMMA = 0x2c;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const SPACES: ReadonlySet<number | undefined> = new Set([0x20, 0x09, 0x0a, 0x0d]);

/** The members of a whole answer that observation needs, without parsing its text. Undefined when it is no JSON object. */
export function scanAnswer(body: Buffer): JsonObject | undefined {
  const json = withoutByteOrderMark(body);
  return pickAnswer(json) ?? parseJsonObject(json.toString());
}

/** Undefined on any doubt. */
function pickAnswer(body: Buffer): JsonObject | undefined {
  const answer = pickMembers(body, ANSWER_MEMBERS)?.members;
  if (answer === undefined || isWholeError(answer)) return undefined;
  const choices = pickChoices(body);
  return choices && { ...answer, choices };
}

/** The error shapes whose words stand beside the member that gives them away: all of the body is needed. */
function isWholeError(answer: JsonObject): boolean {
  return answer['object'] === 'error' || typeof answer['error'] === 'string';
}

function pickChoices(body: Buffer): readonly JsonObject[] | undefined {
  const array = scanMembers(body, ['choices'])?.members.choices?.at(-1);
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
