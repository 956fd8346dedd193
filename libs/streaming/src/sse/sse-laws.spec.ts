import type { SseFrame } from '@sluice/core';
import fc from 'fast-check';
import { SseParser } from './sse-parser.js';
import { SseRelay, type SseVerdict } from './sse-relay.js';

const PIECES = [
  'data: ', 'data:', 'data', 'event: ', 'event:a', 'id: 1', 'retry', ':', ' ', 'x', 'é', '😀', '{', '}', '[', ']', '"',
  '\n', '\r', '\r\n', '\n\n', '\r\n\r\n', '\r\r', '\uFEFF',
] as const; // prettier-ignore

const fragments = fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => Buffer.from(pieces.join('')));
const noise = fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes));
const streams = fc.oneof({ weight: 4, arbitrary: fragments }, { weight: 1, arbitrary: noise });
const cuttings = fc.array(fc.nat({ max: 9 }), { maxLength: 40 });
const VERDICTS = ['hold', 'pass', 'drop', 'stop'] as const;
const verdicts = fc.array(fc.constantFrom(...VERDICTS), { minLength: 1, maxLength: 8 });

describe('the laws of event streams', () => {
  it('reads any bytes as the specification says, however they are cut', () => {
    fc.assert(
      fc.property(streams, cuttings, (bytes, cutting) => {
        expect(parse(cut(bytes, cutting))).toEqual(readBySpecification(bytes));
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['data: [\n', []],
    ['data: [\n\n', [{ kind: 'sse', data: '[' }]],
    ['data: {"a":1}\n', [{ kind: 'sse', data: '{"a":1}' }]],
  ])('takes a last event without its blank line only where it is whole: %j', (text, frames) => {
    expect(parse([Buffer.from(text)])).toEqual(frames);
    expect(readBySpecification(Buffer.from(text))).toEqual(frames);
  });

  it('relays any bytes untouched, however they are cut', () => {
    fc.assert(
      fc.property(streams, cuttings, (bytes, cutting) => {
        const { everything } = relay(cut(bytes, cutting), () => 'pass');

        expect(everything.equals(bytes)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('judges what the parser reads and emits the same, however the bytes are cut', () => {
    fc.assert(
      fc.property(streams, cuttings, verdicts, (bytes, cutting, script) => {
        const judgements = () => {
          let next = 0;
          return () => script[next++ % script.length] ?? 'pass';
        };

        const whole = relay([bytes], judgements());
        const pieces = relay(cut(bytes, cutting), judgements());

        expect(pieces.output.equals(whole.output)).toBe(true);
        expect(pieces.everything.equals(whole.everything)).toBe(true);
        expect(pieces.judged).toEqual(whole.judged);
        expect(parse([bytes]).slice(0, whole.judged.length)).toEqual(whole.judged);
      }),
      { numRuns: 1000 },
    );
  });

  it('emits exactly the bytes of the events that may go', () => {
    const event = fc.record({
      verdict: fc.constantFrom('hold' as const, 'pass' as const, 'drop' as const),
      end: fc.constantFrom('\n', '\r\n', '\r'),
      data: fc.constantFrom('x', 'é😀', ''),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 10 }), cuttings, (events, cutting) => {
        const texts = events.map(({ end, data }) => `event: e${end}data: ${data}${end}${end}`);
        const commit = events.findIndex(({ verdict }) => verdict === 'pass');
        const goes = texts.filter((_text, index) => commit !== -1 && events[index]?.verdict !== 'drop');
        let next = 0;

        const { output } = relay(cut(Buffer.from(texts.join('')), cutting), () => events[next++]?.verdict ?? 'stop');

        expect(output.toString()).toBe(goes.join(''));
      }),
      { numRuns: 500 },
    );
  });
});

/** Each number is the length of one chunk; what is left is the last one. */
function cut(bytes: Buffer, lengths: readonly number[]): readonly Buffer[] {
  const chunks: Buffer[] = [];
  let at = 0;
  for (const length of lengths) {
    chunks.push(Buffer.from(bytes.subarray(at, at + length)));
    at += length;
  }
  return [...chunks, Buffer.from(bytes.subarray(at))];
}

function parse(chunks: readonly Buffer[]): readonly SseFrame[] {
  const parser = new SseParser();
  const frames: SseFrame[] = [];
  for (const chunk of chunks) parser.push(chunk, (frame) => frames.push(frame));
  parser.finish((frame) => frames.push(frame));
  return frames;
}

function relay(chunks: readonly Buffer[], judge: (frame: SseFrame) => SseVerdict) {
  const judged: SseFrame[] = [];
  const emitted: Buffer[] = [];
  const sseRelay = new SseRelay({
    judge: (frame) => {
      judged.push(frame);
      return judge(frame);
    },
  });
  for (const chunk of chunks) sseRelay.push(chunk, (bytes) => emitted.push(bytes));
  sseRelay.finish((bytes) => emitted.push(bytes));
  const output = Buffer.concat(emitted);
  sseRelay.release((bytes) => emitted.push(bytes));
  const tail = sseRelay.takePartialTail();
  return { judged, output, everything: Buffer.concat(tail === undefined ? emitted : [...emitted, tail]) };
}

/** A reading of the specification that is slow, needs the whole stream, and shares nothing with the scanner. */
function readBySpecification(bytes: Buffer): readonly SseFrame[] {
  const lines = bytes
    .toString()
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop(); // behind the last line end there is no line
  const frames: SseFrame[] = [];
  let data: string[] = [];
  let event: string | undefined;
  const dispatch = (): void => {
    if (data.length > 0) frames.push({ kind: 'sse', ...(event !== undefined && { event }), data: data.join('\n') });
    data = [];
    event = undefined;
  };
  for (const line of lines) {
    const [, name, value = ''] = /^([^:]*)(?:: ?([^]*))?$/.exec(line) ?? [];
    if (line === '') dispatch();
    else if (name === 'data') data.push(value);
    else if (name === 'event') event = value;
  }
  if (!isBrokenOff(data.join('\n'))) dispatch();
  return frames;
}

function isBrokenOff(data: string): boolean {
  if (data.startsWith('[')) return !/\]\s*$/.test(data);
  if (!data.startsWith('{')) return false;
  try {
    JSON.parse(data);
    return false;
  } catch {
    return true;
  }
}
