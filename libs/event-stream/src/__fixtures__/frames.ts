import type { EventStreamErrorCode } from '../event-stream-error.js';
import type { EventStreamHeader } from '../header.js';

/** A message as bytes and what it says, written down by hand. */
export interface GoodFrame {
  readonly about: string;
  readonly bytes: Buffer;
  readonly headers: readonly EventStreamHeader[];
  readonly payload: string;
}

/** Bytes that are no message, and why. */
export interface BadFrame {
  readonly about: string;
  readonly bytes: Buffer;
  readonly code: EventStreamErrorCode;
}

function hex(digits: string): Buffer {
  return Buffer.from(digits, 'hex');
}

function text(name: string, value: string): EventStreamHeader {
  return { name, type: 'string', value };
}

export const TEXT_EVENT: GoodFrame = {
  about: 'an event with text',
  bytes: hex('0000007f0000005c7c7db5a80b3a6576656e742d74797065070016617373697374616e74526573706f6e73654576656e740d3a636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e0d3a6d6573736167652d747970650700056576656e747b22636f6e74656e74223a2248656c6c6f227d9b5d0635'),
  headers: [text(':event-type', 'assistantResponseEvent'), text(':content-type', 'application/json'), text(':message-type', 'event')],
  payload: '{"content":"Hello"}',
};

export const TOOL_START: GoodFrame = {
  about: 'the start of a tool call',
  bytes: hex('00000090000000523141c8a10b3a6576656e742d7479706507000c746f6f6c5573654576656e740d3a636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e0d3a6d6573736167652d747970650700056576656e747b226e616d65223a226765745f77656174686572222c22746f6f6c5573654964223a22746f6f6c7573655f31227dcdc8b753'),
  headers: [text(':event-type', 'toolUseEvent'), text(':content-type', 'application/json'), text(':message-type', 'event')],
  payload: '{"name":"get_weather","toolUseId":"tooluse_1"}',
};

export const TOOL_INPUT: GoodFrame = {
  about: 'a piece of a tool call',
  bytes: hex('000000af000000521230e7f60b3a6576656e742d7479706507000c746f6f6c5573654576656e740d3a636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e0d3a6d6573736167652d747970650700056576656e747b22696e707574223a227b5c22636974795c223a5c2250617269735c227d222c226e616d65223a226765745f77656174686572222c22746f6f6c5573654964223a22746f6f6c7573655f31227d8a127cde'),
  headers: [text(':event-type', 'toolUseEvent'), text(':content-type', 'application/json'), text(':message-type', 'event')],
  payload: '{"input":"{\\"city\\":\\"Paris\\"}","name":"get_weather","toolUseId":"tooluse_1"}',
};

export const TOOL_STOP: GoodFrame = {
  about: 'the end of a tool call',
  bytes: hex('0000009c00000052f4b125a00b3a6576656e742d7479706507000c746f6f6c5573654576656e740d3a636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e0d3a6d6573736167652d747970650700056576656e747b226e616d65223a226765745f77656174686572222c2273746f70223a747275652c22746f6f6c5573654964223a22746f6f6c7573655f31227dd6400f34'),
  headers: [text(':event-type', 'toolUseEvent'), text(':content-type', 'application/json'), text(':message-type', 'event')],
  payload: '{"name":"get_weather","stop":true,"toolUseId":"tooluse_1"}',
};

export const CONTEXT_USAGE: GoodFrame = {
  about: 'an event with a number',
  bytes: hex('0000008400000057d44b0d6c0b3a6576656e742d74797065070011636f6e7465787455736167654576656e740d3a636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e0d3a6d6573736167652d747970650700056576656e747b22636f6e74657874557361676550657263656e74616765223a35307d65b5d2f1'),
  headers: [text(':event-type', 'contextUsageEvent'), text(':content-type', 'application/json'), text(':message-type', 'event')],
  payload: '{"contextUsagePercentage":50}',
};

export const THROTTLING: GoodFrame = {
  about: 'an exception',
  bytes: hex('00000090000000618e91a9b70f3a657863657074696f6e2d747970650700135468726f74746c696e67457863657074696f6e0d3a636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e0d3a6d6573736167652d74797065070009657863657074696f6e7b226d657373616765223a22546f6f206d616e79207265717565737473227dfeb6d812'),
  headers: [text(':exception-type', 'ThrottlingException'), text(':content-type', 'application/json'), text(':message-type', 'exception')],
  payload: '{"message":"Too many requests"}',
};

export const BARE_ERROR: GoodFrame = {
  about: 'an error without a payload',
  bytes: hex('0000005800000048154692c10b3a6572726f722d636f646507000d496e7465726e616c4572726f720e3a6572726f722d6d657373616765070004626f6f6d0d3a6d6573736167652d747970650700056572726f72f9da682d'),
  headers: [text(':error-code', 'InternalError'), text(':error-message', 'boom'), text(':message-type', 'error')],
  payload: '',
};

export const EMPTY_MESSAGE: GoodFrame = {
  about: 'neither headers nor payload',
  bytes: hex('000000100000000005c248eb7d98c8ff'),
  headers: [],
  payload: '',
};

export const ALL_HEADER_TYPES: GoodFrame = {
  about: 'all ten header types',
  bytes: hex('0000005d0000004dadcce93e017400016601016202ff017303fffe016904fffffffd016c05fffffffffffffffc017906000201020178070002c3a90164080000018bcfe56800017509000102030405060708090a0b0c0d0e0f5e592a47'),
  headers: [{ name: 't', type: 'boolean', value: true }, { name: 'f', type: 'boolean', value: false }, { name: 'b', type: 'byte', value: -1 }, { name: 's', type: 'short', value: -2 }, { name: 'i', type: 'integer', value: -3 }, { name: 'l', type: 'long', value: -4n }, { name: 'y', type: 'byte-array', value: Uint8Array.of(1, 2) }, text('x', 'é'), { name: 'd', type: 'timestamp', value: 1_700_000_000_000n }, { name: 'u', type: 'uuid', value: '00010203-0405-0607-0809-0a0b0c0d0e0f' }],
  payload: '',
};

/** Its `:message-type` is no known word; as a frame it is good. */
export const BOGUS_MESSAGE_TYPE: GoodFrame = {
  about: 'an unknown message type',
  bytes: hex('000000280000001660470efd0d3a6d6573736167652d74797065070005626f6775737b7daef1b25a'),
  headers: [text(':message-type', 'bogus')],
  payload: '{}',
};

export const BAD_PRELUDE_CRC: BadFrame = { about: 'a damaged prelude', code: 'prelude-crc', bytes: hex('000000280000001660470efc0d3a6d6573736167652d747970650700056576656e747b7d1293daf2') };

export const BAD_MESSAGE_CRC: BadFrame = { about: 'a damaged message', code: 'message-crc', bytes: hex('000000280000001660470efd0d3a6d6573736167652d747970650700056576656e747b7db7184afd') };

export const TOO_SMALL: BadFrame = { about: 'a total below the smallest message', code: 'message-too-small', bytes: hex('0000000f00000000e77248b8000000') };

export const HEADERS_TOO_LONG: BadFrame = { about: 'headers longer than the message', code: 'headers-length', bytes: hex('00000028000000c8012cf12e0d3a6d6573736167652d747970650700056576656e747b7de518a7b0') };

export const UNKNOWN_HEADER_TYPE: BadFrame = { about: 'an unknown header type', code: 'header-type', bytes: hex('0000001400000004f72f2a3201610a007f22617d') };

export const TOO_LARGE: BadFrame = { about: 'a total above the limit', code: 'message-too-large', bytes: hex('010000010000000094e8f647') };

export const NAMELESS_HEADER: BadFrame = { about: 'a header without a name', code: 'header-name', bytes: hex('0000001400000004f72f2a3200070000712b5900') };

export const GOOD_FRAMES: readonly GoodFrame[] = [TEXT_EVENT, TOOL_START, TOOL_INPUT, TOOL_STOP, CONTEXT_USAGE, THROTTLING, BARE_ERROR, EMPTY_MESSAGE, ALL_HEADER_TYPES, BOGUS_MESSAGE_TYPE];

export const BAD_FRAMES: readonly BadFrame[] = [BAD_PRELUDE_CRC, BAD_MESSAGE_CRC, TOO_SMALL, HEADERS_TOO_LONG, UNKNOWN_HEADER_TYPE, TOO_LARGE, NAMELESS_HEADER];
