/** Other spellings of a server-sent event stream that mean the same events. Work on bytes, so torn characters survive. */
export type SseRewiring = (sse: Buffer) => Buffer;

const KEEP_ALIVE = ': keep-alive';
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** One character per byte: text tools on bytes without decoding them. */
function rewrite(sse: Buffer, change: (text: string) => string): Buffer {
  return Buffer.from(change(sse.toString('latin1')), 'latin1');
}

/** Every line ends with CR LF. */
export const withCrLf: SseRewiring = (sse) => rewrite(sse, (text) => text.replace(/\r\n|\r|\n/g, '\r\n'));

/** Every line ends with a lone CR, which the standard also allows. */
export const withCr: SseRewiring = (sse) => rewrite(sse, (text) => text.replace(/\r\n|\r|\n/g, '\r'));

/** A keep-alive comment before the first event and after every event. */
export const withComments: SseRewiring = (sse) =>
  rewrite(
    sse,
    (text) =>
      `${KEEP_ALIVE}\n\n${text.replace(/(\r\n|\n|\r)\1/g, (border, end: string) => `${border}${KEEP_ALIVE}${end}${end}`)}`,
  );

/** `data:x` for `data: x`. A value that itself begins with a space keeps both: readers strip one. */
export const withoutSpaceAfterColon: SseRewiring = (sse) =>
  rewrite(sse, (text) => text.replace(/^(data|event|id|retry): (?! )/gm, '$1:'));

/** A byte order mark in front. */
export const withBom: SseRewiring = (sse) => Buffer.concat([BYTE_ORDER_MARK, sse]);

/** A row per spelling, for `it.each(SSE_REWIRINGS)('… (%s)', (_, rewire) => …)`. */
export const SSE_REWIRINGS: readonly (readonly [name: string, rewire: SseRewiring])[] = [
  ['as it is', (sse) => sse],
  ['CR LF', withCrLf],
  ['lone CR', withCr],
  ['keep-alive comments', withComments],
  ['no space after the colon', withoutSpaceAfterColon],
  ['byte order mark', withBom],
];
