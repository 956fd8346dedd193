import { encodeMessage, inferHeaders } from '@sluice/event-stream';

export const FRAME_BYTES = 200;
/** So many frames stand behind each other, as in the chunks of a fast vendor. */
export const FRAMES_PER_CHUNK = 64;

const HEADERS = {
  ':event-type': 'assistantResponseEvent',
  ':content-type': 'application/json',
  ':message-type': 'event',
};

/** A chunk of Kiro's commonest event, each with another text and 200 bytes long. */
export const CHUNK_OF_FRAMES: Buffer = Buffer.concat(
  Array.from({ length: FRAMES_PER_CHUNK }, (_, number) => frame(number)),
);

function frame(number: number): Buffer {
  const empty = encode(payload(number, ''));
  return encode(payload(number, 'x'.repeat(FRAME_BYTES - empty.length)));
}

function payload(number: number, filler: string): string {
  return JSON.stringify({ content: `${String(number).padStart(3, '0')} ${filler}` });
}

function encode(text: string): Buffer {
  return encodeMessage({ typedHeaders: inferHeaders(HEADERS), payload: Buffer.from(text) });
}
