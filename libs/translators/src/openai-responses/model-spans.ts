import { scanMembers, type MemberSpan } from '@sluice/streaming';

const NOWHERE: readonly MemberSpan[] = [];

/** Where a response, or the response inside an event, names its model. */
export function modelSpans(json: Buffer, at: number): readonly MemberSpan[] {
  const members = scanMembers(json, ['model', 'response'], at)?.members;
  if (members === undefined) return NOWHERE;
  const nested = (members.response ?? []).flatMap(({ valueStart }) => namedIn(json, valueStart));
  return [...(members.model ?? NOWHERE), ...nested];
}

function namedIn(json: Buffer, at: number): readonly MemberSpan[] {
  return scanMembers(json, ['model'], at)?.members.model ?? NOWHERE;
}
