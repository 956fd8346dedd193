import type { AnswerHeaders, ClientAnswer, SignOfLife } from '@sluice/dispatch';
import { CollectedAnswer } from './collected-answer.js';

const EVENTS = { 'content-type': 'text/event-stream; charset=utf-8', 'x-kept': '1' };
const PING = 'event: ping\ndata: {"type": "ping"}\n\n';

const event = (name: string, data: object): string => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
const start = (usage: object): string => event('message_start', { type: 'message_start', message: { id: 'm', usage } });
const text = event('content_block_delta', { type: 'content_block_delta', index: 0, delta: { text: 'é' } });
const end = (usage: object): string => event('message_delta', { type: 'message_delta', delta: {}, usage });

/** What a client has received. */
class SeenAnswer implements ClientAnswer {
  status = 0;
  headers: AnswerHeaders = {};
  readonly writes: string[] = [];
  isClosed = false;
  begunAtMs: number | undefined = undefined;
  isHeadSent = false;
  readonly isHeldBack = false;

  get hasBegun(): boolean {
    return this.status !== 0;
  }
  get bytesWritten(): number {
    return Buffer.byteLength(this.writes.join(''));
  }
  begin(status: number, headers: AnswerHeaders): void {
    if (this.hasBegun) throw new Error('begun twice');
    this.status = status;
    this.headers = headers;
  }
  write(item: Buffer | string): boolean {
    this.writes.push(String(item));
    return true;
  }
  respond(status: number, headers: AnswerHeaders, body: Buffer): void {
    this.begin(status, headers);
    this.write(body);
    this.end();
  }
  end(): void {
    this.isClosed = true;
  }
  destroy(): void {
    this.isClosed = true;
  }
  onDrain(): void {}
  onAbandoned(): void {}
  keepAwake({ text: sign }: SignOfLife): void {
    this.isHeadSent = true;
    this.writes.push(sign);
  }
  onClosed(): void {}
}

describe('CollectedAnswer', () => {
  const create = (maxBytes?: number) => {
    const seen = new SeenAnswer();
    const answer = new CollectedAnswer({ answer: seen, ...(maxBytes !== undefined && { maxBytes }) });
    return { seen, answer };
  };

  it('wants its client kept awake every 25 seconds', () => {
    expect(create().answer.signOfLifeMs).toBe(25_000);
  });

  it('sends a stream when it is whole, in one piece', () => {
    const { seen, answer } = create();

    answer.begin(200, EVENTS);
    expect(answer.write(start({ input_tokens: 3, output_tokens: 1 }))).toBe(true);
    answer.write(Buffer.from(text));
    answer.write(end({ output_tokens: 9 }));
    expect([seen.status, seen.writes]).toEqual([0, []]);
    answer.end();

    expect([seen.status, seen.headers, seen.isClosed]).toEqual([200, EVENTS, true]);
    expect(seen.writes).toEqual([start({ input_tokens: 3, output_tokens: 1 }) + text + end({ output_tokens: 9 })]);
  });

  it('tells at the beginning what the end says of the input', () => {
    const { seen, answer } = create();

    answer.begin(200, EVENTS);
    answer.write(start({ input_tokens: 0, output_tokens: 1 }));
    answer.write(end({ input_tokens: 4711, cache_read_input_tokens: 12, output_tokens: 9 }));
    answer.end();

    expect(seen.writes[0]).toContain(start({ input_tokens: 4711, output_tokens: 1, cache_read_input_tokens: 12 }));
  });

  it('reads events wherever they are cut', () => {
    const { seen, answer } = create();
    const stream = start({ input_tokens: 0 }) + text + end({ input_tokens: 7 });

    answer.begin(200, EVENTS);
    for (const byte of Buffer.from(stream)) answer.write(Buffer.from([byte]));
    answer.end();

    expect(seen.writes).toEqual([start({ input_tokens: 7 }) + text + end({ input_tokens: 7 })]);
  });

  it('keeps the client awake in front of the stream', () => {
    const { seen, answer } = create();
    const sign = { headers: () => EVENTS, text: PING };

    answer.keepAwake(sign);
    expect([answer.hasBegun, answer.isHeadSent]).toEqual([false, true]);
    answer.begin(200, EVENTS);
    answer.write(text);
    answer.keepAwake(sign);
    answer.end();

    expect(seen.writes).toEqual([PING, PING, text]);
  });

  it('tells a failure by its status', () => {
    const { seen, answer } = create();

    answer.respond(400, { 'content-type': 'application/json' }, Buffer.from('{}'));

    expect([seen.status, seen.writes]).toEqual([400, ['{}']]);
  });

  it('sends on what is too large to be kept', () => {
    const { seen, answer } = create(10);

    answer.begin(200, EVENTS);
    answer.write('data: 1\n\n');
    expect(seen.writes).toEqual([]);
    answer.write('data: 2\n\n');
    answer.write('data: 3\n\n');
    answer.end();

    expect(seen.writes).toEqual(['data: 1\n\ndata: 2\n\n', 'data: 3\n\n']);
  });

  it('leaves alone what is no stream', () => {
    const { seen, answer } = create();

    answer.begin(200, { 'content-type': 'application/json' });
    answer.write('{"a":1}');

    expect(seen.writes).toEqual(['{"a":1}']);
  });
});
