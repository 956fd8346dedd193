import type { JsonObject } from '@sluice/core';
import { EventStreamDecoder, encodeMessage, inferHeaders } from '@sluice/event-stream';
import type { UpstreamReply } from '@sluice/provider-kit';
import { Cancellation, ChunkSource, sourceOf } from '@sluice/streaming';
import { SearchedAnswer } from './searched-answer.js';

const event = (name: string, payload: JsonObject): Buffer =>
  encodeMessage({
    typedHeaders: inferHeaders({ ':event-type': name, ':message-type': 'event' }),
    payload: Buffer.from(JSON.stringify(payload)),
  });
const SEARCH = event('toolUseEvent', { name: 'web_search', toolUseId: 's', input: '{"query":"kiro"}', stop: true });
const metering = (usage: number): Buffer => event('meteringEvent', { unit: 'credit', usage });
const context = (contextUsagePercentage: number): Buffer => event('contextUsageEvent', { contextUsagePercentage });
const text = (content: string): Buffer => event('assistantResponseEvent', { content });
const BODY = Buffer.from(
  JSON.stringify({
    conversationState: {
      currentMessage: {
        userInputMessage: { content: 'hi', modelId: 'm', origin: 'AI_EDITOR', userInputMessageContext: {} },
      },
    },
  }),
);

describe('SearchedAnswer', () => {
  /** An answer of several rounds, and what a reader makes of it. */
  function answerOf(...rounds: readonly (readonly Buffer[])[]) {
    const asked: JsonObject[] = [];
    const seen: unknown[] = [];
    const [first = [], ...others] = rounds;
    const answer = new SearchedAnswer({
      first: sourceOf(first),
      body: BODY,
      maxSearches: 5,
      cancellation: new Cancellation(),
      ask: (body): Promise<UpstreamReply> => {
        asked.push(JSON.parse(body.toString()) as JsonObject);
        return Promise.resolve({ status: 200, headers: {}, body: sourceOf(others[asked.length - 1] ?? []) });
      },
      search: () => Promise.resolve({ text: 'found', isError: false, reply: '{"result":{}}' }),
    });
    const decoder = new EventStreamDecoder();
    const ended = new Promise<void>((resolve, reject) => {
      answer.start({
        onData: (chunk) =>
          decoder.push(
            chunk,
            ({ headers, payload }) => void seen.push([headers[':event-type'], JSON.parse(payload.toString())]),
          ),
        onEnd: resolve,
        onError: reject,
      });
    });
    return { answer, asked, seen, ended };
  }

  it('passes on an answer without searches', async () => {
    const { seen, ended } = answerOf([text('Hello'), context(1), metering(0.5)]);
    await ended;

    expect(seen).toEqual([
      ['assistantResponseEvent', { content: 'Hello' }],
      ['contextUsageEvent', { contextUsagePercentage: 1 }],
      ['meteringEvent', { unit: 'credit', usage: 0.5 }],
    ]);
  });

  it('tells the context of the last round, and the credits of all', async () => {
    const { seen, asked, ended } = answerOf(
      [text('I look. '), SEARCH, context(1), metering(0.5)],
      [text('Found.'), context(2), metering(0.25)],
    );
    await ended;

    expect(seen).toEqual([
      ['assistantResponseEvent', { content: 'I look. ' }],
      ['sluiceWebSearchEvent', { toolUseId: 's', query: 'kiro', reply: '{"result":{}}' }],
      ['assistantResponseEvent', { content: 'Found.' }],
      ['contextUsageEvent', { contextUsagePercentage: 2 }],
      ['meteringEvent', { unit: 'credit', usage: 0.75 }],
    ]);
    expect(asked).toMatchObject([
      {
        conversationState: {
          history: [
            { userInputMessage: { content: 'hi' } },
            {
              assistantResponseMessage: {
                content: 'I look. ',
                toolUses: [{ toolUseId: 's', input: { query: 'kiro' } }],
              },
            },
          ],
        },
      },
    ]);
  });

  it('shows a search at the end where the model says nothing behind it', async () => {
    const { seen, ended } = answerOf([SEARCH], [context(2)]);
    await ended;

    expect(seen.map((one) => (one as readonly unknown[])[0])).toEqual(['sluiceWebSearchEvent', 'contextUsageEvent']);
  });

  it('does not show a search before an exception, so that the answer can be begun anew', async () => {
    const throttled = encodeMessage({
      typedHeaders: inferHeaders({ ':exception-type': 'ThrottlingException', ':message-type': 'exception' }),
      payload: Buffer.from('{"message":"no"}'),
    });
    const { seen, ended } = answerOf([SEARCH], [throttled]);
    await ended;

    expect(seen[0]).toEqual([undefined, { message: 'no' }]);
  });

  it('ends as the vendor does where a search is cut off', async () => {
    const half = event('toolUseEvent', { name: 'web_search', toolUseId: 's', input: '{"qu' });
    const { asked, seen, ended } = answerOf([text('I'), half]);
    await ended;

    expect([seen.length, asked.length]).toEqual([1, 0]);
  });

  it('tells of damage', async () => {
    const bytes = Buffer.from(text('Hello'));
    bytes.writeUInt8(0, bytes.length - 8);

    await expect(answerOf([bytes]).ended).rejects.toMatchObject({ kind: 'upstream_invalid_response' });
    await expect(answerOf([text('Hello').subarray(0, 40)]).ended).rejects.toMatchObject({ kind: 'upstream_truncated' });
  });

  it.each<[string, readonly Buffer[]]>([
    ['searches', Array.from({ length: 33 }, () => SEARCH)],
    ['usage reports', Array.from({ length: 257 }, () => metering(1))],
    ['text', Array.from({ length: 9 }, () => text('x'.repeat(1024 * 1024)))],
  ])('breaks off an answer with %s without end', async (what, events) => {
    await expect(answerOf(events).ended).rejects.toMatchObject({
      kind: 'upstream_invalid_response',
      message: `The vendor sent ${what} without end.`,
    });
  });

  it('hands pauses and the end on to whoever speaks now', () => {
    const seen: string[] = [];
    class Vendor extends ChunkSource<Buffer> {
      override pause(): void {
        seen.push('pause');
      }
      override resume(): void {
        seen.push('resume');
      }
      override cancel(): void {
        seen.push('cancel');
      }
    }
    const answer = new SearchedAnswer({
      first: new Vendor(),
      body: BODY,
      maxSearches: 1,
      cancellation: new Cancellation(),
      ask: () => Promise.reject(new Error('nobody asks')),
      search: () => Promise.reject(new Error('nobody searches')),
    });

    answer.pause();
    answer.resume();
    answer.cancel();

    expect(seen).toEqual(['pause', 'resume', 'cancel']);
  });
});
