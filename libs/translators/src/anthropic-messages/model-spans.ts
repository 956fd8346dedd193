import { scanMembers, type MemberSpan } from '@sluice/streaming';

const NOWHERE: readonly MemberSpan[] = [];

/** Where a message, or the message that a `message_start` opens, names its model. */
export function modelSpans(json: Buffer, at: number): readonly MemberSpan[] {
  const members = scanMembers(json, ['model', 'message'], at)?.members;
  if (members === undefined) return NOWHERE;
  const nested = (members.message ?? []).flatMap(({ valueStart }) => namedIn(json, valueStart));
  return [...(members.model ?? NOWHERE), ...nested];
}

function namedIn(json: Buffer, at: number): readonly MemberSpan[] {
  return scanMembers(json, ['model'], at)?.members.model ?? NOWHERE;
}
