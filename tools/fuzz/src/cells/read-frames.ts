import type { WireFrame } from '@sluice/core';
import { EventStreamError } from '@sluice/event-stream';
import { SseLimitError, type StreamTransformer } from '@sluice/streaming';

/** What a framing made of some bytes: frames, and the code of the failure that it gave up with. */
export interface FrameReading<Frame extends WireFrame> {
  readonly frames: readonly Frame[];
  readonly failure: string | undefined;
}

/** Runs a framing over pieces. Only the framings' own errors are failures; everything else that is thrown goes on. */
export function readFrames<Frame extends WireFrame>(
  framer: StreamTransformer<Buffer, Frame>,
  pieces: readonly Buffer[],
): FrameReading<Frame> {
  const frames: Frame[] = [];
  const keep = (frame: Frame): void => void frames.push(frame);
  try {
    for (const piece of pieces) framer.push(piece, keep);
    framer.finish(keep);
    return { frames, failure: undefined };
  } catch (error) {
    if (error instanceof EventStreamError || error instanceof SseLimitError) return { frames, failure: error.code };
    throw error;
  }
}
