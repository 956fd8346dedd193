import { scanMembers, type MemberSpan } from '@sluice/streaming';

const NOWHERE: readonly MemberSpan[] = [];

/** Where an answer or a chunk names its model. */
export function modelSpans(json: Buffer, at: number): readonly MemberSpan[] {
  return scanMembers(json, ['model'], at)?.members.model ?? NOWHERE;
}
