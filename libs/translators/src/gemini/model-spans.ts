import { scanMembers, type MemberSpan } from '@sluice/streaming';

/** Where an answer, or a chunk of one, names the model that wrote it. */
export function modelSpans(json: Buffer, at: number): readonly MemberSpan[] {
  return scanMembers(json, ['modelVersion'], at)?.members.modelVersion ?? [];
}
