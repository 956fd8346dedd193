import { contentFrame, structureFrame, terminalFrame, type AnswerPlan, type Frame } from './answer-plan.js';
import type { MockBehaviour } from './behaviour.js';

const BROKEN_EVENT = 'data: {"id":"broken","choices":[{\n\n';

/** Frames and how they end. */
export interface FaultyFrames {
  readonly frames: readonly Frame[];
  readonly ending: AnswerPlan['ending'];
}

/**
 * A whole body as frames: one, or two halves when a fault needs a place to strike. The second half is what ends it.
 * An empty body has no frame.
 */
export function bodyFrames(body: string, behaviour: MockBehaviour): readonly Frame[] {
  const bytes = Buffer.from(body);
  if (!strikesInside(behaviour)) return bytes.length === 0 ? [] : [contentFrame(bytes)];
  const half = Math.ceil(bytes.length / 2);
  return [contentFrame(bytes.subarray(0, half)), { ...contentFrame(bytes.subarray(half)), isTerminal: true }].filter(
    (frame) => frame.bytes.length > 0,
  );
}

/**
 * Does to the frames what the behaviour asks for. Of several faults the first that applies wins, in the order of this
 * function: an error event, broken data, a missing end; then a reset or silence after so many content frames.
 * @param errorEvent the vendor's error event
 * @param brokenEvent an event that the vendor's clients cannot read
 */
export function applyFaults(
  draft: { readonly frames: readonly Frame[]; readonly isStream: boolean },
  behaviour: MockBehaviour,
  errorEvent: string | Buffer,
  brokenEvent: string | Buffer = BROKEN_EVENT,
): FaultyFrames {
  const frames = damage(draft, behaviour, { errorEvent, brokenEvent });
  if (behaviour.resetAfterChunks !== undefined) return breakOff(frames, behaviour.resetAfterChunks, 'reset');
  if (behaviour.hangAfterChunks !== undefined) return breakOff(frames, behaviour.hangAfterChunks, 'hang');
  return { frames, ending: 'end' };
}

function damage(
  { frames, isStream }: { readonly frames: readonly Frame[]; readonly isStream: boolean },
  behaviour: MockBehaviour,
  { errorEvent, brokenEvent }: { readonly errorEvent: string | Buffer; readonly brokenEvent: string | Buffer },
): readonly Frame[] {
  if (isStream && behaviour.errorInStream !== undefined) {
    const count = behaviour.errorInStream === 'before' ? 0 : Math.ceil(countContent(frames) / 2);
    return [...frames.slice(0, endOfContent(frames, count)), terminalFrame(errorEvent)];
  }
  if (isStream && behaviour.invalidSse === true) {
    const end = endOfContent(frames, 1);
    return [...frames.slice(0, end), structureFrame(brokenEvent), ...frames.slice(end)];
  }
  if (behaviour.truncate === true || behaviour.invalidSse === true) return frames.filter((frame) => !frame.isTerminal);
  return frames;
}

/** Stops after so many content frames; an answer with fewer ends as usual. */
function breakOff(frames: readonly Frame[], count: number, ending: 'reset' | 'hang'): FaultyFrames {
  if (countContent(frames) < count) return { frames, ending: 'end' };
  return { frames: frames.slice(0, endOfContent(frames, count)), ending };
}

/** The index behind the `count`-th content frame; for 0, the index of the first. */
function endOfContent(frames: readonly Frame[], count: number): number {
  const positions = frames.flatMap((frame, index) => (frame.isContent ? [index] : []));
  if (count === 0) return positions[0] ?? frames.length;
  return (positions[count - 1] ?? frames.length - 1) + 1;
}

function countContent(frames: readonly Frame[]): number {
  return frames.filter((frame) => frame.isContent).length;
}

function strikesInside(behaviour: MockBehaviour): boolean {
  return (
    behaviour.resetAfterChunks !== undefined ||
    behaviour.hangAfterChunks !== undefined ||
    behaviour.truncate === true ||
    behaviour.invalidSse === true
  );
}
