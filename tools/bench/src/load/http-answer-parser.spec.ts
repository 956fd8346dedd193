import { HttpAnswerParser } from './http-answer-parser.js';

function parse(...pieces: readonly string[]): string[] {
  const seen: string[] = [];
  let body = '';
  const parser = new HttpAnswerParser({
    head: (status) => seen.push(`head ${status}`),
    data: (bytes) => (body += bytes.toString()),
    end: () => {
      seen.push(`body ${body}`);
      body = '';
    },
  });
  for (const piece of pieces) parser.push(Buffer.from(piece));
  return seen;
}

const WITH_LENGTH = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello';
const CHUNKED =
  'HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nb;x=1\r\n, wide worl\r\n1\r\nd\r\n0\r\n\r\n';

describe('HttpAnswerParser', () => {
  describe('push', () => {
    it('reads an answer with a length', () => {
      expect(parse(WITH_LENGTH)).toEqual(['head 200', 'body hello']);
    });

    it('reads a chunked answer', () => {
      expect(parse(CHUNKED)).toEqual(['head 201', 'body hello, wide world']);
    });

    it('reads several answers from one buffer', () => {
      expect(parse(CHUNKED + WITH_LENGTH)).toEqual(['head 201', 'body hello, wide world', 'head 200', 'body hello']);
    });

    it('ends an answer of length 0 at its head', () => {
      expect(parse('HTTP/1.1 204 No Content\r\ncontent-length: 0\r\n\r\n')).toEqual(['head 204', 'body ']);
    });

    it('reads the same answers wherever the bytes are cut', () => {
      const bytes = CHUNKED + WITH_LENGTH;

      for (let cut = 1; cut < bytes.length; cut++) {
        expect(parse(bytes.slice(0, cut), bytes.slice(cut))).toEqual(parse(bytes));
      }
    });

    it.each([
      ['another protocol', 'SSH-2.0-x\r\n\r\n'],
      ['an answer without framing', 'HTTP/1.1 200 OK\r\n\r\n'],
      ['a chunk size that is no number', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'],
    ])('throws on %s', (_name, bytes) => {
      expect(() => parse(bytes)).toThrow();
    });
  });
});
