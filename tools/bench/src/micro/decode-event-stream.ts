import { EventStreamCodec } from '@smithy/eventstream-codec';
import { EventStreamDecoder } from '@sluice/event-stream';
import { type ContestantId } from './contestants.js';
import { CHUNK_OF_FRAMES, FRAME_BYTES } from './frames-200.js';

/** Decodes the chunk once and returns the bytes of all payloads, so that nobody can leave work out. */
export type DecodeChunk = () => number;

/** Both check both checksums and read all headers. Smithy's codec is given whole messages; ours also has to find them. */
export const EVENT_STREAM_DECODERS: Readonly<Record<ContestantId, () => DecodeChunk>> = {
  'our-event-stream': () => {
    const decoder = new EventStreamDecoder();
    let payloadBytes = 0;
    const count = ({ payload }: { readonly payload: Uint8Array }): void => {
      payloadBytes += payload.length;
    };
    return () => {
      payloadBytes = 0;
      decoder.push(CHUNK_OF_FRAMES, count);
      return payloadBytes;
    };
  },
  'smithy-event-stream': () => {
    const codec = new EventStreamCodec(
      (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(),
      (text) => Buffer.from(text),
    );
    return () => {
      let payloadBytes = 0;
      for (let at = 0; at < CHUNK_OF_FRAMES.length; at += FRAME_BYTES) {
        payloadBytes += codec.decode(CHUNK_OF_FRAMES.subarray(at, at + FRAME_BYTES)).body.length;
      }
      return payloadBytes;
    };
  },
};
