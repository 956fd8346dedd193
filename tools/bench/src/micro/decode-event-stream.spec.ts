import { EVENT_STREAM_DECODERS } from './decode-event-stream.js';
import { CHUNK_OF_FRAMES, FRAME_BYTES, FRAMES_PER_CHUNK } from './frames-200.js';

/** Prelude 12, checksum 4, and three headers: their names and text values, each with 4 bytes of lengths and type. */
const HEADER_BYTES = 12 + (11 + 22) + (13 + 16) + (13 + 5);
const PAYLOAD_BYTES = FRAME_BYTES - 12 - 4 - HEADER_BYTES;

describe('the frames of the comparison', () => {
  it('have the length that the row names', () => {
    expect(CHUNK_OF_FRAMES).toHaveLength(FRAMES_PER_CHUNK * FRAME_BYTES);
    expect(CHUNK_OF_FRAMES.readUInt32BE(FRAME_BYTES)).toBe(FRAME_BYTES);
  });

  it.each(Object.entries(EVENT_STREAM_DECODERS))(
    'give %s the bytes of every payload, again and again',
    (_name, create) => {
      const decode = create();

      expect([decode(), decode()]).toEqual([FRAMES_PER_CHUNK * PAYLOAD_BYTES, FRAMES_PER_CHUNK * PAYLOAD_BYTES]);
    },
  );
});
