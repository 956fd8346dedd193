import fc from 'fast-check';

/** How a vendor writes its event stream: the line end, the space after the colon, comments in between. */
export interface WireSpelling {
  readonly lineEnd: '\n' | '\r\n';
  readonly space: '' | ' ';
  readonly hasComments: boolean;
}

export const wireSpellings: fc.Arbitrary<WireSpelling> = fc.record({
  lineEnd: fc.constantFrom('\n', '\r\n'),
  space: fc.constantFrom('', ' '),
  hasComments: fc.boolean(),
});

/** An event before it is written: its name, if it has one, and its data. */
export type WireEvent = readonly [event: string | undefined, data: object | string];

/** The bytes of a stream. Written by hand, not with the serialiser that the gateway uses. */
export function wireBytes(events: readonly WireEvent[], { lineEnd, space, hasComments }: WireSpelling): Buffer {
  const comment = hasComments ? `: keep-alive${lineEnd}${lineEnd}` : '';
  const written = events.map(([event, data]) => {
    const name = event === undefined ? '' : `event:${space}${event}${lineEnd}`;
    const text = typeof data === 'string' ? data : JSON.stringify(data);
    return `${comment}${name}data:${space}${text}${lineEnd}${lineEnd}`;
  });
  return Buffer.from(written.join(''));
}
