import type { JsonObject } from '@sluice/core';
import { objectMember, objectsMember, textMember } from '@sluice/translator-kit';

/** How many characters an answer, or a chunk of one, brings: text, thoughts, and calls with their arguments. */
export function contentCharsOf(answer: JsonObject | undefined): number {
  let chars = 0;
  for (const candidate of objectsMember(answer, 'candidates')) {
    for (const part of objectsMember(objectMember(candidate, 'content'), 'parts')) chars += charsOfPart(part);
  }
  return chars;
}

function charsOfPart(part: JsonObject): number {
  const text = textMember(part, 'text');
  if (text !== undefined) return text.length;
  const call = objectMember(part, 'functionCall');
  if (call === undefined) return 0; // media are not counted by their length
  return (textMember(call, 'name') ?? '').length + JSON.stringify(call['args'] ?? {}).length;
}
