import { SSE_REWIRINGS, withBom, withComments, withCr, withCrLf, withoutSpaceAfterColon } from './sse-rewirings.js';

const SSE = Buffer.from('event: a\ndata: é {"x": 1}\n\ndata:  two\n\n');

describe('SSE rewirings', () => {
  it('withCrLf ends every line with CR LF, whatever it ended with', () => {
    expect(withCrLf(SSE).toString()).toBe('event: a\r\ndata: é {"x": 1}\r\n\r\ndata:  two\r\n\r\n');
    expect(withCrLf(withCrLf(SSE))).toEqual(withCrLf(SSE));
  });

  it('withCr ends every line with a lone CR', () => {
    expect(withCr(withCrLf(SSE)).toString()).toBe('event: a\rdata: é {"x": 1}\r\rdata:  two\r\r');
  });

  it('withComments puts a comment around every event, in the line ends of the stream', () => {
    expect(withComments(SSE).toString()).toBe(
      ': keep-alive\n\nevent: a\ndata: é {"x": 1}\n\n: keep-alive\n\ndata:  two\n\n: keep-alive\n\n',
    );
    expect(withComments(Buffer.from('data: a\r\n\r\n')).toString()).toBe(
      ': keep-alive\n\ndata: a\r\n\r\n: keep-alive\r\n\r\n',
    );
  });

  it('withoutSpaceAfterColon drops the space that readers drop, and no other', () => {
    expect(withoutSpaceAfterColon(SSE).toString()).toBe('event:a\ndata:é {"x": 1}\n\ndata:  two\n\n');
  });

  it('withBom begins with the mark', () => {
    expect(withBom(SSE).toString()).toBe(`\uFEFF${SSE.toString()}`);
  });

  it.each(SSE_REWIRINGS)('keeps bytes that are not UTF-8 (%s)', (_, rewire) => {
    const broken = Buffer.concat([Buffer.from('data: '), Buffer.from([0xff, 0xc3]), Buffer.from('\n\n')]);

    expect(rewire(broken).includes(Buffer.from([0xff, 0xc3]))).toBe(true);
  });

  it.each(SSE_REWIRINGS)('does not touch its input (%s)', (_, rewire) => {
    const input = Buffer.from(SSE);

    rewire(input);

    expect(input).toEqual(SSE);
  });
});
