import { FakeClock } from '@sluice/testing';
import { JsonArrayAnswer } from './json-array-answer.js';
import { MemoryAnswer } from './__fixtures__/memory-answer.js';

const EVENTS = { 'content-type': 'text/event-stream; charset=utf-8', 'x-kept': '1' };

describe('JsonArrayAnswer', () => {
  const create = () => {
    const inner = new MemoryAnswer(new FakeClock());
    return { inner, answer: new JsonArrayAnswer(inner) };
  };

  it('writes the data of every event as an element', () => {
    const { inner, answer } = create();

    answer.begin(200, EVENTS);
    answer.write('data: {"a":1}\n\ndata: {"b"');
    answer.write(Buffer.from(':2}\r\n\r\n: comment\n\n'));
    answer.end();

    expect(inner.text).toBe('[{"a":1},\r\n{"b":2}]');
    expect(inner.headers).toEqual({ 'content-type': 'application/json; charset=utf-8', 'x-kept': '1' });
    expect([inner.status, inner.ending, inner.violations]).toEqual([200, 'complete', []]);
  });

  it('sends each element when its event is complete', () => {
    const { inner, answer } = create();
    answer.begin(200, EVENTS);

    answer.write('data: {"a":1}\n\ndata: {"b":2}');
    expect(inner.text).toBe('[{"a":1}');

    answer.write('\n\n');
    expect(inner.text).toBe('[{"a":1},\r\n{"b":2}');
  });

  it('keeps a character together that is cut in two', () => {
    const { inner, answer } = create();
    const bytes = Buffer.from('data: {"a":"é€"}\n\n');
    answer.begin(200, EVENTS);

    for (const byte of bytes) answer.write(Buffer.from([byte]));
    answer.end();

    expect(JSON.parse(inner.text)).toEqual([{ a: 'é€' }]);
  });

  it('leaves out an event that was cut off, and keeps the error behind it', () => {
    const { inner, answer } = create();

    answer.begin(200, EVENTS);
    answer.write('data: {"a":1}\n\ndata: {"b":');
    answer.write('\n\ndata: {"error":{"code":502}}\n\n');
    answer.end();

    expect(JSON.parse(inner.text)).toEqual([{ a: 1 }, { error: { code: 502 } }]);
  });

  it('keeps the client awake with white space, in front of the array and inside it', () => {
    const { inner, answer } = create();
    const sign = { headers: () => EVENTS, text: ': keep-alive\n\n' };

    answer.keepAwake(sign);
    expect([answer.hasBegun, answer.isHeadSent]).toEqual([false, true]);
    answer.begin(200, EVENTS);
    answer.write('data: {"a":1}\n\n');
    answer.keepAwake(sign);
    answer.write('data: {"b":2}\n\n');
    answer.keepAwake(sign);
    answer.end();

    expect(inner.text).toBe('\n[{"a":1}\n,\r\n{"b":2}\n]');
    expect(inner.headers).toEqual({ 'content-type': 'application/json; charset=utf-8', 'x-kept': '1' });
    expect([inner.status, inner.ending, inner.violations]).toEqual([200, 'complete', []]);
  });

  it('is an empty array without events', () => {
    const { inner, answer } = create();

    answer.begin(200, EVENTS);
    answer.end();

    expect([inner.text, inner.violations]).toEqual(['[]', []]);
  });

  it('says when the client’s buffer is full', () => {
    const { inner, answer } = create();
    inner.isFull = true;
    answer.begin(200, EVENTS);

    expect(answer.write('data: {"a":')).toBe(true);
    expect(answer.write('1}\n\n')).toBe(false);
  });

  it('turns a whole event stream into a whole array', () => {
    const { inner, answer } = create();

    answer.respond(200, EVENTS, Buffer.from('data: 1\n\ndata: 2\n\n'));

    expect([inner.text, inner.ending]).toEqual(['[1,\r\n2]', 'complete']);
  });

  it('leaves alone what is no event stream', () => {
    const { inner, answer } = create();

    answer.respond(400, { 'content-type': 'application/json' }, Buffer.from('{"error":{}}'));

    expect([inner.status, inner.text]).toEqual([400, '{"error":{}}']);
  });

  it('has begun as soon as somebody began it, so that nobody begins it twice', () => {
    const { answer } = create();
    expect(answer.hasBegun).toBe(false);

    answer.begin(200, EVENTS);

    expect(answer.hasBegun).toBe(true);
  });
});
