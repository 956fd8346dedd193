import type { SseFrame } from '@sluice/core';
import { SseLimitError } from './sse-limit-error.js';
import { SseParser, type SseParserOptions } from './sse-parser.js';

describe('SseParser', () => {
  it.each<[string, string, readonly SseFrame[]]>([
    ['one event', 'data: hi\n\n', [{ kind: 'sse', data: 'hi' }]],
    ['a named event', 'event: ping\ndata: {}\n\n', [{ kind: 'sse', event: 'ping', data: '{}' }]],
    ['CR LF', 'event: a\r\ndata: b\r\n\r\n', [{ kind: 'sse', event: 'a', data: 'b' }]],
    ['CR alone', 'event: a\rdata: b\r\rdata: c\r\r', [{ kind: 'sse', event: 'a', data: 'b' }, frame('c')]],
    ['mixed line ends', 'data: a\r\ndata: b\ndata: c\r\n\ndata: d\n\r\n', [frame('a\nb\nc'), frame('d')]],
    ['several data lines', 'data: a\ndata:\ndata: c\n\n', [frame('a\n\nc')]],
    ['one leading space only', 'data:  two\n\ndata:none\n\n', [frame(' two'), frame('none')]],
    ['a byte order mark', '\uFEFFdata: hi\n\n', [frame('hi')]],
    ['a byte order mark only in front', 'data: a\n\n\uFEFFdata: b\n\ndata: c\n\n', [frame('a'), frame('c')]],
    ['comments', ': hello\n\ndata: a\n: between\ndata: b\n\n:\n', [frame('a\nb')]],
    ['an event without data', 'event: ping\n\ndata: a\n\n', [frame('a')]],
    ['empty data', 'data\n\ndata:\n\ndata: \n\n', [frame(''), frame(''), frame('')]],
    ['id, retry and unknown fields', 'id: 1\nretry: 10\nfoo: bar\ndata: a\n\n', [frame('a')]],
    ['names that only begin alike', 'dataset: x\neventual: y\ndat: z\ndata: a\n\n', [frame('a')]],
    ['the last of several names', 'event: a\nevent: b\ndata: c\n\n', [{ kind: 'sse', event: 'b', data: 'c' }]],
    ['an empty name', 'event:\ndata: c\n\n', [{ kind: 'sse', event: '', data: 'c' }]],
    [
      'names beyond ASCII',
      'event: é\ndata: a\n\nevent: Ã©\ndata: b\n\n',
      [
        { kind: 'sse', event: 'é', data: 'a' },
        { kind: 'sse', event: 'Ã©', data: 'b' },
      ],
    ],
    ['nothing', '', []],
    ['blank lines', '\n\r\n\r\r', []],
  ])('reads %s', (_case, text, frames) => {
    expect(parse([text]).frames).toStrictEqual(frames);
  });

  it('decodes characters that are cut between chunks', () => {
    const bytes = Buffer.from('data: 😀é\n\n');

    const { frames } = parse([...bytes].map((byte) => Buffer.of(byte)));

    expect(frames).toStrictEqual([frame('😀é')]);
  });

  it('takes a CR LF that is cut in the middle as one line end', () => {
    const { frames } = parse(['data: a\r', '\ndata: b\r', '\n\r', '\ndata: c\r\n\r\n']);

    expect(frames).toStrictEqual([frame('a\nb'), frame('c')]);
  });

  it('does not take a stray byte for the character of the same number', () => {
    const { frames } = parse(['event: é\ndata: a\n\n', Buffer.from('event: é\ndata: b\n\n', 'latin1')]);

    expect(frames.map(({ event }) => event)).toEqual(['é', '\uFFFD']);
  });

  it('emits an event as soon as its blank line is there', () => {
    const parser = new SseParser();
    const frames: SseFrame[] = [];

    parser.push(Buffer.from('data: a\r\n\r'), (each) => frames.push(each));

    expect(frames).toStrictEqual([frame('a')]);
  });

  describe('finish', () => {
    it.each(['data: [DONE]\n', 'data: [DONE]'])('accepts %j as a last event', (text) => {
      const { frames, parser } = parse(['data: a\n\n', text]);

      expect(frames).toStrictEqual([frame('a'), frame('[DONE]')]);
      expect(parser.hasPartialTail).toBe(false);
    });

    it.each(['data: {"a":', 'event: message_stop\n', 'da'])('does not emit %j, which was broken off', (text) => {
      const { frames, parser } = parse([text]);

      expect(frames).toEqual([]);
      expect(parser.hasPartialTail).toBe(true);
    });

    it('sees nothing partial in a comment', () => {
      expect(parse(['data: a\n\n: keep-ali']).parser.hasPartialTail).toBe(false);
    });
  });

  describe('maxEventBytes', () => {
    const options = { maxEventBytes: 16 };

    it('accepts an event of exactly that size, however it is cut', () => {
      const event = 'data: 123456789\n\n'; // 16 bytes in front of the end of the blank line

      expect(parse([event, event], options).frames).toHaveLength(2);
      expect(parse([...event, ...event], options).frames).toHaveLength(2);
    });

    it('does not count the second half of the line end in front of it', () => {
      expect(parse(['data: a\r\n\r', '\ndata: 123456789\n\n'], options).frames).toHaveLength(2);
    });

    it('refuses a larger one, however it is cut', () => {
      const event = 'data: 1234567890\n\n';

      expect(() => parse([event], options)).toThrow(SseLimitError);
      expect(() => parse([...event], options)).toThrow(SseLimitError);
      expect(() => parse(['data: 1\n', 'data: 2\n', 'id: 3\n'], options)).toThrow(SseLimitError);
    });

    it('refuses before the line has ended', () => {
      expect(() => parse(['data: 1234567', '890123'], options)).toThrow(/larger than 16 bytes/);
    });

    it('emits the events in front of it', () => {
      const parser = new SseParser(options);
      const frames: SseFrame[] = [];

      const push = () => parser.push(Buffer.from('data: a\n\ndata: 1234567890123\n\n'), (each) => frames.push(each));

      expect(push).toThrow(expect.objectContaining({ code: 'event-too-large', maxEventBytes: 16 }));
      expect(frames).toStrictEqual([frame('a')]);
    });

    it('counts a comment in front of an event for itself', () => {
      expect(parse([': 0123456789\n', 'data: 12345678\n\n'], options).frames).toStrictEqual([frame('12345678')]);
    });
  });
});

function frame(data: string): SseFrame {
  return { kind: 'sse', data };
}

function parse(chunks: readonly (string | Buffer)[], options?: SseParserOptions) {
  const parser = new SseParser(options);
  const frames: SseFrame[] = [];
  for (const chunk of chunks) parser.push(Buffer.from(chunk), (each) => frames.push(each));
  parser.finish((each) => frames.push(each));
  return { frames, parser };
}
