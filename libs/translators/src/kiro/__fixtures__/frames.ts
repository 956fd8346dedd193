import type { BinaryFrame, JsonObject } from '@sluice/core';
import { encodeMessage, inferHeaders } from '@sluice/event-stream';

/** Whole frames of the protocol reference, in hexadecimal, with checksums that were verified independently. */
const HEX = {
  /** assistantResponseEvent {"content":"Hello"} */
  V1:
    '0000007f0000005c7c7db5a80b3a6576656e742d74797065070016617373697374616e74526573706f6e73654576656e740d3a636f6e74656e' +
    '742d747970650700106170706c69636174696f6e2f6a736f6e0d3a6d6573736167652d747970650700056576656e747b22636f6e74656e7422' +
    '3a2248656c6c6f227d9b5d0635',
  /** toolUseEvent {"name":"get_weather","toolUseId":"tooluse_1"} */
  V2:
    '00000090000000523141c8a10b3a6576656e742d7479706507000c746f6f6c5573654576656e740d3a636f6e74656e742d747970650700106170' +
    '706c69636174696f6e2f6a736f6e0d3a6d6573736167652d747970650700056576656e747b226e616d65223a226765745f7765617468657222' +
    '2c22746f6f6c5573654964223a22746f6f6c7573655f31227dcdc8b753',
  /** toolUseEvent {"input":"{\"city\":\"Paris\"}","name":"get_weather","toolUseId":"tooluse_1"} */
  V3:
    '000000af000000521230e7f60b3a6576656e742d7479706507000c746f6f6c5573654576656e740d3a636f6e74656e742d747970650700106170' +
    '706c69636174696f6e2f6a736f6e0d3a6d6573736167652d747970650700056576656e747b22696e707574223a227b5c22636974795c223a5c' +
    '2250617269735c227d222c226e616d65223a226765745f77656174686572222c22746f6f6c5573654964223a22746f6f6c7573655f31227d8a' +
    '127cde',
  /** toolUseEvent {"name":"get_weather","stop":true,"toolUseId":"tooluse_1"} */
  V4:
    '0000009c00000052f4b125a00b3a6576656e742d7479706507000c746f6f6c5573654576656e740d3a636f6e74656e742d747970650700106170' +
    '706c69636174696f6e2f6a736f6e0d3a6d6573736167652d747970650700056576656e747b226e616d65223a226765745f7765617468657222' +
    '2c2273746f70223a747275652c22746f6f6c5573654964223a22746f6f6c7573655f31227dd6400f34',
  /** contextUsageEvent {"contextUsagePercentage":50} */
  V5:
    '0000008400000057d44b0d6c0b3a6576656e742d74797065070011636f6e7465787455736167654576656e740d3a636f6e74656e742d74797065' +
    '0700106170706c69636174696f6e2f6a736f6e0d3a6d6573736167652d747970650700056576656e747b22636f6e746578745573616765506572' +
    '63656e74616765223a35307d65b5d2f1',
  /** exception ThrottlingException {"message":"Too many requests"} */
  V6:
    '00000090000000618e91a9b70f3a657863657074696f6e2d747970650700135468726f74746c696e67457863657074696f6e0d3a636f6e74656e' +
    '742d747970650700106170706c69636174696f6e2f6a736f6e0d3a6d6573736167652d74797065070009657863657074696f6e7b226d65737361' +
    '6765223a22546f6f206d616e79207265717565737473227dfeb6d812',
  /** error InternalError "boom" */
  V7:
    '0000005800000048154692c10b3a6572726f722d636f646507000d496e7465726e616c4572726f720e3a6572726f722d6d657373616765070004' +
    '626f6f6d0d3a6d6573736167652d747970650700056572726f72f9da682d',
} as const;

/** The bytes of frames of the reference, one after the other. */
export function vectors(...names: readonly (keyof typeof HEX)[]): Buffer {
  return Buffer.from(names.map((name) => HEX[name]).join(''), 'hex');
}

export type Headers = BinaryFrame['headers'];

/** One frame: an event of that name, or whatever the headers say. */
export function frame(event: string | Headers, payload: JsonObject | string): BinaryFrame {
  const headers =
    typeof event === 'string'
      ? { ':event-type': event, ':content-type': 'application/json', ':message-type': 'event' }
      : event;
  return {
    kind: 'binary',
    headers,
    payload: Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)),
  };
}

export const text = (content: string): BinaryFrame => frame('assistantResponseEvent', { content });

export const tool = (members: JsonObject): BinaryFrame => frame('toolUseEvent', members);

export const reasoning = (members: JsonObject): BinaryFrame => frame('reasoningContentEvent', members);

export const contextUsage = (contextUsagePercentage: number): BinaryFrame =>
  frame('contextUsageEvent', { contextUsagePercentage });

export const exception = (type: string, payload: JsonObject): BinaryFrame =>
  frame({ ':exception-type': type, ':message-type': 'exception' }, payload);

/** What every healthy answer of our own ends with. */
export const ENDING: readonly BinaryFrame[] = [
  contextUsage(2.5),
  frame('meteringEvent', { unit: 'credit', unitPlural: 'credits', usage: 0.0123 }),
];

/** The frames as a vendor sends them. */
export function bytesOf(frames: readonly BinaryFrame[]): Buffer {
  return Buffer.concat(
    frames.map(({ headers, payload }) => encodeMessage({ typedHeaders: inferHeaders(headers), payload })),
  );
}
