import { assertWellFormed, type BinaryFrame, type CanonicalEvent, type CanonicalRequest } from '@sluice/core';
import { EventStreamDecoder } from '@sluice/event-stream';
import { compose } from '@sluice/streaming';
import { BYTE_CUTS, loadRecordings, type Recording } from '@sluice/testing';
import {
  bytesOf,
  contextUsage,
  ENDING,
  exception,
  frame,
  reasoning,
  text,
  tool,
  vectors,
} from '../__fixtures__/frames.js';
import { assistant, contextOf, functionTool, requestOf, user } from '../__fixtures__/requests.js';
import { decodePieces, tell, usageIn } from '../__fixtures__/tell-events.js';
import { createStreamDecoder } from './create-stream-decoder.js';

const CUT_CALL = /^text: \[The vendor cut off a call of the tool "get_weather"/;

const decode = (bytes: Buffer, request?: CanonicalRequest) =>
  decodePieces([bytes], request === undefined ? {} : { request });
const decodeFrames = (frames: readonly BinaryFrame[], request?: CanonicalRequest) => decode(bytesOf(frames), request);

/** Written from the protocol reference; each shows one phenomenon. */
const STREAMS: Record<string, { readonly frames: readonly BinaryFrame[]; readonly told: readonly string[] }> = {
  text: {
    frames: [text('Hello'), text('! How'), text(' are you?'), ...ENDING],
    told: ['text: Hello! How are you?', 'end: stop'],
  },
  'text-metadata-first': {
    frames: [
      frame('initial-response', {}),
      frame('messageMetadataEvent', { conversationId: 'c-1', utteranceId: 'u-1' }),
      text('Hi.'),
      ...ENDING,
    ],
    told: ['text: Hi.', 'end: stop'],
  },
  'single-tool': {
    frames: [
      text('Let me look.'),
      tool({ name: 'read_file', toolUseId: 't1', input: '' }),
      tool({ name: 'read_file', toolUseId: 't1', input: '{"path":' }),
      tool({ name: 'read_file', toolUseId: 't1', input: ' "/etc/hosts"}' }),
      tool({ name: 'read_file', toolUseId: 't1', stop: true }),
      ...ENDING,
    ],
    told: ['text: Let me look.', 'call t1 read_file: {"path": "/etc/hosts"}', 'end: tool-calls'],
  },
  'parallel-tools': {
    frames: [
      tool({ name: 'get_weather', toolUseId: 'A', input: '{"city":"Paris"}' }),
      tool({ name: 'get_weather', toolUseId: 'A', stop: true }),
      tool({ name: 'get_time', toolUseId: 'B', input: '{"tz":"UTC"}', stop: true }),
      ...ENDING,
    ],
    told: ['call A get_weather: {"city":"Paris"}', 'call B get_time: {"tz":"UTC"}', 'end: tool-calls'],
  },
  reasoning: {
    frames: [
      reasoning({ text: 'Let me ' }),
      reasoning({ text: 'think.' }),
      reasoning({ signature: 'EqQB' }),
      text('Done.'),
      ...ENDING,
    ],
    told: ['reasoning: Let me think. [anthropic signature EqQB]', 'text: Done.', 'end: stop'],
  },
  'reasoning-redacted': {
    frames: [reasoning({ redactedContent: 'c2VjcmV0' }), text('Done.'), ...ENDING],
    told: ['reasoning: [redacted c2VjcmV0]', 'text: Done.', 'end: stop'],
  },
  'text-after-tool': {
    frames: [text('a'), tool({ name: 'f', toolUseId: 't', input: '{}', stop: true }), text('b'), ...ENDING],
    told: ['text: a', 'call t f: {}', 'text: b', 'end: tool-calls'],
  },
  'wrapped-payload': {
    frames: [frame('assistantResponseEvent', { assistantResponseEvent: { content: 'Hi.' } }), ...ENDING],
    told: ['text: Hi.', 'end: stop'],
  },
  multibyte: { frames: [text('日本語 🙂'), text('é'), ...ENDING], told: ['text: 日本語 🙂é', 'end: stop'] },
};

describe('KiroStreamDecoder', () => {
  describe('push', () => {
    it.each(Object.entries(STREAMS))('tells what the stream "%s" says', (_name, { frames, told }) => {
      const events = decodeFrames(frames);

      expect(tell(events)).toEqual(told);
      expect(() => assertWellFormed(events)).not.toThrow();
    });

    it.each(BYTE_CUTS)('tells the same however the bytes are cut (%s)', (_name, cut) => {
      for (const { frames, told } of Object.values(STREAMS)) {
        expect(tell(decodePieces(cut(bytesOf(frames))))).toEqual(told);
      }
    });

    it('begins with the request id and the model', () => {
      const [first] = decode(vectors('V1', 'V5'));

      expect(first).toEqual({ type: 'response-start', id: 'req-1', model: 'claude-sonnet-4.5' });
    });

    it('takes a reasoning proof of a GPT model for one of its own family', () => {
      const frames = [text('Hi.'), reasoning({ text: '...', signature: 'a.b~c' }), ...ENDING];

      const events = decodePieces([bytesOf(frames)], { context: contextOf({ upstreamModel: 'gpt-5.6-sol' }) });

      expect(tell(events)).toEqual(['text: Hi.', 'reasoning: ... [openai signature a.b~c]', 'end: stop']);
    });

    it('carries events that it does not know', () => {
      const events = decodeFrames([
        frame('followupPromptEvent', { followupPrompt: { content: 'More?' } }),
        text('a'),
        ...ENDING,
      ]);

      expect(events.filter(({ type }) => type === 'opaque')).toMatchObject([
        { format: 'kiro', frame: { headers: { ':event-type': 'followupPromptEvent' } } },
      ]);
    });

    it('restores the client’s names of tools', () => {
      const name = 'mcp__some_very_long_server_name__with_an_even_longer_tool_name_that_exceeds';
      const wire = 'mcp__some_very_long_server_name__with_an_even_longer_t_881b824b';

      const events = decodeFrames(
        [tool({ name: wire, toolUseId: 't', input: '{}', stop: true })],
        requestOf({ tools: [functionTool(name)] }),
      );

      expect(tell(events)).toEqual([`call t ${name}: {}`, 'end: tool-calls']);
    });

    it('gives a piece without an id to the call that was last spoken of', () => {
      const frames = [tool({ name: 'f', toolUseId: 't' }), tool({ input: '{"a":1}' }), tool({ stop: true })];

      expect(tell(decodeFrames(frames))).toEqual(['call t f: {"a":1}', 'end: tool-calls']);
    });

    it('takes an input that is an object as the whole', () => {
      const frames = [tool({ name: 'f', toolUseId: 't', input: { a: 1 }, stop: true })];

      expect(tell(decodeFrames(frames))).toEqual(['call t f: {"a":1}', 'end: tool-calls']);
    });

    it('wraps an input that is JSON but no object', () => {
      const frames = [tool({ name: 'f', toolUseId: 't', input: '[1]', stop: true })];

      expect(tell(decodeFrames(frames))).toEqual(['call t f: {"value":[1]}', 'end: tool-calls']);
    });

    it('refuses a frame that is not what its headers announce', () => {
      expect(tell(decodeFrames([frame('assistantResponseEvent', '{"content":')]))).toEqual([
        'error: upstream_invalid_response',
      ]);
    });

    it('refuses a piece of a call that never began', () => {
      expect(tell(decodeFrames([tool({ input: '{}' })]))).toEqual(['error: upstream_invalid_response']);
    });

    it('says nothing after an end', () => {
      const frames = [exception('ThrottlingException', { message: 'no' }), text('late'), ...ENDING];

      expect(tell(decodeFrames(frames))).toEqual(['error: upstream_rate_limited 429']);
    });
  });

  describe('finish', () => {
    it.each(['contextUsageEvent', 'meteringEvent', 'metadataEvent'])(
      'takes %s after the last content for the end',
      (name) => {
        expect(tell(decodeFrames([text('a'), frame(name, {})]))).toEqual(['text: a', 'end: stop']);
      },
    );

    it('takes nothing before the last content for the end', () => {
      expect(tell(decodeFrames([text('a'), contextUsage(1), text('b')]))).toEqual([
        'text: ab\n\n[The vendor cut off the answer here.]',
        'error: upstream_truncated',
      ]);
    });

    it('says only to be cut where the account does not want more', () => {
      const context = contextOf({ dialect: { truncationRecovery: false } });

      expect(tell(decodePieces([bytesOf([text('a')])], { context }))).toEqual(['text: a', 'error: upstream_truncated']);
    });

    it('fails when nothing at all was said', () => {
      expect(tell(decode(Buffer.alloc(0)))).toEqual(['error: upstream_truncated']);
    });

    it('ends an answer without content where usage came', () => {
      expect(tell(decodeFrames(ENDING))).toEqual(['end: stop']);
    });

    it('adds text to an answer that is only thinking', () => {
      const events = decodeFrames([reasoning({ text: 'hm' }), ...ENDING]);

      expect(tell(events)).toEqual(['reasoning: hm', 'text:  ', 'end: length']);
      expect(events.at(-1)).toMatchObject({ extensions: { kiro: { onlyThinking: true } } });
    });

    it('believes the vendor’s reason where nothing else was seen', () => {
      expect(tell(decodeFrames([text('a'), frame('metadataEvent', { stopReason: 'max_tokens' })]))).toEqual([
        'text: a',
        'end: length',
      ]);
    });
  });

  describe('failures', () => {
    it('are told before content as they are', () => {
      const events = decodeFrames([
        exception('ThrottlingException', { message: 'high load', reason: 'INSUFFICIENT_MODEL_CAPACITY' }),
      ]);

      expect(events).toMatchObject([
        {
          type: 'response-error',
          error: {
            kind: 'upstream_overloaded',
            message: 'high load (reason: INSUFFICIENT_MODEL_CAPACITY)',
            upstream: { status: 503, type: 'ThrottlingException', code: 'INSUFFICIENT_MODEL_CAPACITY' },
          },
        },
      ]);
    });

    it('of the frame kind "error" speak by their headers', () => {
      expect(decode(vectors('V7'))).toMatchObject([
        { type: 'response-error', error: { kind: 'upstream_error', message: 'boom', upstream: { status: 500 } } },
      ]);
    });

    it('inside an ordinary event are failures, too', () => {
      const body = { _type: 'com.amazon.aws.codewhisperer#ValidationException', message: 'Improperly formed request.' };

      expect(tell(decodeFrames([frame({}, body)]))).toEqual(['error: upstream_invalid_request 400']);
    });

    it('at the model’s limit before content say that the prompt is too long', () => {
      expect(tell(decodeFrames([exception('ContentLengthExceededException', { message: 'too long' })]))).toEqual([
        'error: upstream_context_length 400',
      ]);
    });

    it('of an invalid state count only where nothing was said', () => {
      const invalid = frame('invalidStateEvent', { reason: 'INVALID_TASK_ASSIST_PLAN', message: 'no plan' });

      expect(tell(decodeFrames([invalid, text('a')]))).toEqual(['error: upstream_invalid_request 400']);
      expect(tell(decodeFrames([text('a'), invalid, ...ENDING]))).toEqual(['text: a', 'end: stop']);
    });
  });

  describe('usage', () => {
    it('is counted here where the vendor says only what it cost', () => {
      const events = decodeFrames([text('Hello'), frame('meteringEvent', { unit: 'credit', usage: 1.458 })]);

      expect(usageIn(events)).toEqual({
        input: 1, // "hi" is worth less, but nothing is free
        output: 2,
        credits: 1.458,
        source: 'mixed',
        raw: { credits: 1.458 },
      });
    });

    it('is counted here where the vendor says nothing', () => {
      const request = requestOf({ messages: [user('hello world!'), assistant('你好'), user('hello world!')] });

      expect(usageIn(decode(vectors('V2', 'V4'), request))).toEqual({ input: 11, output: 1, source: 'estimated' });
    });

    it('of a prompt that is too long to count has no input', () => {
      const request = requestOf({ messages: [user('x'.repeat(2_000_001))] });

      expect(usageIn(decode(vectors('V2', 'V4'), request))).toEqual({ output: 1, source: 'estimated' });
    });

    it('is told before a failure, because it was paid for', () => {
      const events = decodeFrames([
        text('Hello'),
        ...ENDING,
        exception('InternalServerException', { message: 'oops' }),
      ]);

      expect(usageIn(events)).toMatchObject({ input: 4998, output: 2, credits: 0.0123 });
      expect(tell(events)).toEqual(['text: Hello', 'error: upstream_error 500']);
    });

    it('counts reasoning and arguments as output', () => {
      const frames = [
        reasoning({ text: 'aaaaaaaa' }),
        tool({ name: 'f', toolUseId: 't', input: '{"a":12}', stop: true }),
        contextUsage(1),
      ];

      expect(usageIn(decodeFrames(frames))).toMatchObject({ input: 1996, output: 4, source: 'mixed' });
    });
  });

  describe('cut calls', () => {
    const begun = (id: string, input: string) => tool({ name: 'get_weather', toolUseId: id, input });

    it('are named at the end of the answer, with what to say to the model', () => {
      const events = decodeFrames([text('a'), begun('A', '{"city":"Par'), begun('B', '{"ci')]);

      expect(events.at(-1)).toEqual({
        type: 'response-end',
        finishReason: { unified: 'length' },
        extensions: {
          kiro: {
            cutCalls: [
              {
                id: 'A',
                name: 'get_weather',
                receivedChars: 12,
                guidance: expect.stringMatching(/"get_weather" was too long.*at most 300 lines/),
              },
              { id: 'B', name: 'get_weather', receivedChars: 4, guidance: expect.stringMatching(/at most 200 lines/) },
            ],
          },
        },
      });
      expect(() => assertWellFormed(events)).not.toThrow();
    });

    it('get a smaller advice where the conversation tells of earlier ones', () => {
      const told =
        'The vendor cut off a call of the tool "get_weather" before its arguments were complete, so it was not made.';
      const messages = [user('a'), assistant(`[${told} Split the work.]`), user('b')];

      const events = decodeFrames([begun('A', '{"city":"Par')], requestOf({ messages }));

      expect(events.at(-1)).toMatchObject({
        extensions: { kiro: { cutCalls: [{ guidance: expect.stringMatching(/at most 200 lines/) as string }] } },
      });
    });

    it('beside whole ones leave those as they are', () => {
      const frames = [
        tool({ name: 'f', toolUseId: 'A', input: '{"a":1}', stop: true }),
        tool({ name: 'get_weather', toolUseId: 'B', input: '{"city":"', stop: true }),
        ...ENDING,
      ];

      expect(tell(decodeFrames(frames))).toEqual(['call A f: {"a":1}', expect.stringMatching(CUT_CALL), 'end: length']);
    });

    it('are told when something else is said, and not before', () => {
      const cut = tool({ name: 'get_weather', toolUseId: 'A', input: '{"city":"', stop: true });

      expect(tell(decodeFrames([cut, text(' Next.'), ...ENDING]))).toEqual([
        expect.stringMatching(/^text: \[The vendor cut off a call of the tool "get_weather".*\] Next\.$/s),
        'end: length',
      ]);
      expect(tell(decodeFrames([text('a'), cut, exception('ThrottlingException', { message: 'no' })]))).toEqual([
        expect.stringMatching(/^text: a.*cut off a call/s),
        'error: upstream_rate_limited 429',
      ]);
      expect(tell(decodeFrames([cut, exception('ThrottlingException', { message: 'no' })]))).toEqual([
        'error: upstream_rate_limited 429',
      ]);
    });

    it('say nothing until the source has ended, so that the answer can be asked for again', () => {
      const events: CanonicalEvent[] = [];
      const decoder = compose(new EventStreamDecoder(), createStreamDecoder(contextOf(), requestOf()));
      const cut = tool({ name: 'get_weather', toolUseId: 'A', input: '{"city":"', stop: true });

      decoder.push(bytesOf([cut, ...ENDING]), (event) => void events.push(event));

      expect(events).toEqual([]);
    });

    it.each([
      ['before content', [begun('A', '{"city":"Par'), begun('B', '{}')], []],
      ['after content', [text('a'), begun('A', '{"city":"Par')], ['text: a']],
      [
        'whose end was announced',
        [tool({ name: 'get_weather', toolUseId: 'A', input: '{"city":"', stop: true }), ...ENDING],
        [],
      ],
    ])('are a failure where the account does not want them told (%s)', (_name, frames, before) => {
      const context = contextOf({ dialect: { truncationRecovery: false } });

      const events = decodePieces([bytesOf(frames)], { context });

      expect(tell(events)).toEqual([...before, 'error: upstream_truncated']);
      expect(() => assertWellFormed(events)).not.toThrow();
    });
  });

  describe('stop sequences', () => {
    const stopping = (...stop: string[]) => requestOf({ sampling: { stop } });

    it('end the answer where the vendor goes on', () => {
      const events = decodeFrames(
        [text('one ST'), text('OP two'), tool({ name: 'f', toolUseId: 't', input: '{}', stop: true }), ...ENDING],
        stopping('STOP'),
      );

      expect(tell(events)).toEqual(['text: one ', 'end: stop']);
      expect(events.at(-1)).toMatchObject({ finishReason: { stopSequence: 'STOP' } });
      expect(usageIn(events)).toMatchObject({ credits: 0.0123 });
      expect(() => assertWellFormed(events)).not.toThrow();
    });

    it('that are never completed do not swallow text', () => {
      expect(tell(decodeFrames([text('one ST'), ...ENDING], stopping('STOP')))).toEqual(['text: one ST', 'end: stop']);
    });

    it('count in the order in which they are complete', () => {
      expect(tell(decodeFrames([text('abcdX'), ...ENDING], stopping('bcdX', 'cd')))).toEqual(['text: ab', 'end: stop']);
    });

    it.each(BYTE_CUTS)('are found however the bytes are cut (%s)', (_name, cut) => {
      const bytes = bytesOf([...'one STOP two'].map(text).concat(ENDING));

      expect(tell(decodePieces(cut(bytes), { request: stopping('STOP') }))).toEqual(['text: one ', 'end: stop']);
    });
  });

  describe('reference vectors', () => {
    it('8: call with one piece of arguments', () => {
      expect(tell(decode(vectors('V2', 'V3', 'V4')))).toEqual([
        'call tooluse_1 get_weather: {"city":"Paris"}',
        'end: tool-calls',
      ]);
    });

    it('9: call without arguments', () => {
      expect(tell(decode(vectors('V2', 'V4')))).toEqual(['call tooluse_1 get_weather: {}', 'end: tool-calls']);
    });

    it('10: call that is cut off', () => {
      expect(tell(decode(vectors('V2', 'V3')))).toEqual([expect.stringMatching(CUT_CALL), 'end: length']);
    });

    it('11: second end of a call', () => {
      expect(tell(decode(vectors('V2', 'V3', 'V4', 'V4')))).toEqual([
        'call tooluse_1 get_weather: {"city":"Paris"}',
        'end: tool-calls',
      ]);
    });

    it('12: throttled before content', () => {
      expect(tell(decode(vectors('V6')))).toEqual(['error: upstream_rate_limited 429']);
    });

    it('13: throttled after content', () => {
      expect(tell(decode(vectors('V1', 'V6')))).toEqual(['text: Hello', 'error: upstream_rate_limited 429']);
    });

    it('14: limit of the model after content', () => {
      const frames = [text('Hello'), exception('ContentLengthExceededException', { message: 'too long' })];

      expect(tell(decodeFrames(frames))).toEqual(['text: Hello', 'end: length']);
    });

    it('15: half of the context', () => {
      expect(usageIn(decode(vectors('V1', 'V5')))).toEqual({
        input: 99_998,
        output: 2,
        source: 'mixed',
        raw: { contextUsagePercentage: 50 },
      });
    });

    it.each([
      ['claude-sonnet-4.5', 24_680],
      ['claude-opus-4.6', 123_400],
    ])('16: 12.34 %% of the context of %s', (upstreamModel, total) => {
      const bytes = bytesOf([text('Hello'), contextUsage(12.34)]);

      const usage = usageIn(decodePieces([bytes], { context: contextOf({ upstreamModel }) }));

      expect(usage).toMatchObject({ input: total - 2, output: 2 });
    });

    it('52: 50 % of the context that the model’s name asks for', () => {
      const context = contextOf({ requestedModel: 'claude-opus-4-5-1m-agentic', upstreamModel: 'claude-opus-4.5' });

      expect(usageIn(decodePieces([vectors('V1', 'V5')], { context }))).toMatchObject({ input: 499_998, output: 2 });
    });

    it.each([
      ['what the vendor says of the account’s model', {}, 249_998],
      ['what the model’s name asks for', { requestedModel: 'claude-opus-4-5-1m' }, 499_998],
    ])('counts by %s', (_what, members, input) => {
      const context = contextOf({ upstreamModel: 'claude-opus-4.5', windowTokens: 500_000, ...members });

      expect(usageIn(decodePieces([vectors('V1', 'V5')], { context }))).toMatchObject({ input, output: 2 });
    });

    it('17: full context', () => {
      expect(tell(decodeFrames([text('Hello'), contextUsage(100)]))).toEqual(['text: Hello', 'end: context-window']);
    });

    it('18: unknown event', () => {
      expect(tell(decodeFrames([frame('somethingNewEvent', { a: 1 }), text('Hello'), ...ENDING]))).toEqual([
        'text: Hello',
        'end: stop',
      ]);
    });

    it('19: the same text twice', () => {
      expect(tell(decodeFrames([text('66'), text('66'), ...ENDING]))).toEqual(['text: 6666', 'end: stop']);
    });

    it('20: interleaved calls', () => {
      const frames = [
        tool({ name: 'f', toolUseId: 'A', input: '{"a"' }),
        tool({ name: 'g', toolUseId: 'B', input: '{"b"' }),
        tool({ name: 'f', toolUseId: 'A', input: ':1}' }),
        tool({ name: 'g', toolUseId: 'B', input: ':2}' }),
        tool({ name: 'f', toolUseId: 'A', stop: true }),
        tool({ name: 'g', toolUseId: 'B', stop: true }),
      ];

      expect(tell(decodeFrames(frames))).toEqual(['call A f: {"a":1}', 'call B g: {"b":2}', 'end: tool-calls']);
    });

    it('21: token usage', () => {
      const tokenUsage = {
        uncachedInputTokens: 101,
        outputTokens: 23,
        cacheReadInputTokens: 300,
        cacheWriteInputTokens: 40,
      };

      const usage = usageIn(decodeFrames([text('Hello'), frame('metadataEvent', { tokenUsage })]));

      expect(usage).toEqual({
        input: 441,
        output: 23,
        cacheRead: 300,
        cacheWrite5m: 40,
        source: 'upstream',
        raw: { tokenUsage },
      });
    });
  });

  describe('recordings', () => {
    const streams = loadRecordings('kiro').filter(({ mode }) => mode === 'stream');

    /** By the manifest's words for what each recording shows. */
    const FINISHES: Record<string, string> = { 'finish:stop': 'end: stop', 'finish:tool_calls': 'end: tool-calls' };
    const expectedEnd = ({ features }: Recording) => features.map((feature) => FINISHES[feature]).find(Boolean);

    const TOLD: Record<string, readonly string[]> = {
      'kiro/text.stream.bin': ['text: Hello! How can I help you today?'],
      'kiro/text-metadata-first.stream.bin': ['text: With metadata.'],
      'kiro/single-tool.stream.bin': ['text: Let me look.', 'call tooluse_A1 read_file: {"path": "/etc/hosts"}'],
      'kiro/parallel-tools.stream.bin': [
        'call tooluse_A get_weather: {"city":"Paris"}',
        'call tooluse_B get_time: {"tz":"UTC"}',
      ],
      'kiro/reasoning.stream.bin': ['reasoning: Let me think about this. [anthropic signature EqQBsig]', 'text: Done.'],
    };

    it('are told as they were recorded, however they are cut', () => {
      for (const recording of streams) {
        for (const [, cut] of BYTE_CUTS) {
          const events = decodePieces(cut(recording.body));

          expect({ id: recording.id, told: tell(events) }).toEqual({
            id: recording.id,
            told: [...(TOLD[recording.id] ?? ['unknown recording']), expectedEnd(recording)],
          });
          expect(usageIn(events)).toMatchObject({ credits: 0.0123, source: 'mixed' });
          expect(() => assertWellFormed(events)).not.toThrow();
        }
      }
    });
  });
});
