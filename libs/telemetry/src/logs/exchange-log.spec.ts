import { GatewayError } from '@sluice/core';
import type { ExchangeFacts } from '../exchange-facts.js';
import { createLogger } from './create-logger.js';
import { ExchangeLog } from './exchange-log.js';
import type { LogLevel } from './log-level.js';

const COMPLETED: ExchangeFacts = {
  requestId: 'r-1',
  clientFormat: 'openai-chat',
  upstreamFormat: 'anthropic-messages',
  requestedModel: 'fast',
  upstreamModel: 'claude-1',
  provider: 'anthropic',
  accountId: 'anthropic-main',
  principalId: 'key-1',
  clientAddress: '192.0.2.7',
  ending: 'completed',
  status: 200,
  errorKind: undefined,
  finishReason: { unified: 'tool-calls', raw: 'tool_use' },
  usage: { input: 10, output: 5, cacheRead: 4, cacheWrite5m: 1, cacheWrite1h: 2, reasoning: 3, source: 'upstream' },
  attempts: 2,
  stream: true,
  durationMs: 120.5,
  firstByteMs: 30,
  bytesIn: 100,
  bytesOut: 200,
  warnings: 1,
  upstreamRequestId: 'req_up',
};

function logged(act: (log: ExchangeLog) => void, level: LogLevel = 'info'): Record<string, unknown>[] {
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  act(new ExchangeLog(createLogger({ level, destination })));
  return lines;
}

describe('ExchangeLog', () => {
  describe('settled', () => {
    it('says what was wrong with an answer, and what became of it', () => {
      const flawed = { ...COMPLETED, flaw: { flaw: 'cut-call', outcome: 'told' } };

      expect(logged((log) => log.settled(flawed))).toMatchObject([{ flaw: 'cut-call', flawOutcome: 'told' }]);
    });

    it('writes one flat line with all that is known', () => {
      expect(logged((log) => log.settled(COMPLETED))).toEqual([
        {
          level: 'info',
          time: expect.any(Number) as number,
          msg: 'exchange',
          requestId: 'r-1',
          clientFormat: 'openai-chat',
          upstreamFormat: 'anthropic-messages',
          requestedModel: 'fast',
          upstreamModel: 'claude-1',
          provider: 'anthropic',
          accountId: 'anthropic-main',
          principalId: 'key-1',
          clientAddress: '192.0.2.7',
          status: 200,
          ending: 'completed',
          finishReason: 'tool-calls',
          inputTokens: 10,
          outputTokens: 5,
          cacheReadTokens: 4,
          cacheWriteTokens: 3,
          reasoningTokens: 3,
          usageSource: 'upstream',
          attempts: 2,
          stream: true,
          durationMs: 120.5,
          firstByteMs: 30,
          bytesIn: 100,
          bytesOut: 200,
          warnings: 1,
          upstreamRequestId: 'req_up',
        },
      ]);
    });

    it('leaves out what is not known', () => {
      const refused: ExchangeFacts = {
        requestId: 'r-2',
        clientFormat: 'gemini',
        ending: 'failed',
        status: 401,
        errorKind: 'invalid_api_key',
        attempts: 0,
        stream: false,
        durationMs: 1,
        bytesIn: 0,
        bytesOut: 80,
        warnings: 0,
      };

      const [line] = logged((log) => log.settled(refused));

      expect(line).toMatchObject({ errorKind: 'invalid_api_key', status: 401 });
      expect(line).not.toHaveProperty('provider');
      expect(line).not.toHaveProperty('inputTokens');
      expect(line).not.toHaveProperty('cacheWriteTokens');
    });

    it.each([
      ['completed', 'info'],
      ['client-closed', 'info'],
      ['failed', 'warn'],
      ['broken', 'warn'],
    ] as const)('%s is %s', (ending, level) => {
      expect(logged((log) => log.settled({ ...COMPLETED, ending }))).toMatchObject([{ level, ending }]);
    });

    it('is suppressed by the level', () => {
      expect(logged((log) => log.settled(COMPLETED), 'warn')).toEqual([]);
    });

    it('redacts and cuts what a client words', () => {
      const lines = logged((log) =>
        log.settled({ ...COMPLETED, requestedModel: 'sk-proj-abcdefghijklmnop', requestId: 'x'.repeat(500) }),
      );

      expect(lines).toMatchObject([{ requestedModel: '[redacted]', requestId: 'x'.repeat(128) }]);
    });

    it('tells why an exchange failed, as a sentence', () => {
      const failure = new GatewayError({
        kind: 'upstream_unreachable',
        message: 'The vendor could not be reached.',
        cause: new Error('connect ECONNREFUSED Bearer abcdefgh'),
      });

      expect(logged((log) => log.settled({ ...COMPLETED, ending: 'failed', failure }))).toMatchObject([
        { failure: 'The vendor could not be reached. (connect ECONNREFUSED Bearer [redacted])' },
      ]);
    });

    it('gives the stack of a failure of ours', () => {
      const failure = new TypeError('x is undefined');

      const lines = logged((log) =>
        log.settled({ ...COMPLETED, ending: 'failed', errorKind: 'internal_error', failure }),
      );

      expect(lines).toMatchObject([
        { failure: { type: 'TypeError', message: 'x is undefined', stack: expect.stringContaining('at ') as string } },
      ]);
    });
  });

  describe('attemptFailed', () => {
    it('tells what was decided and why, redacted', () => {
      const lines = logged((log) =>
        log.attemptFailed({
          requestId: 'r-1',
          provider: 'openai',
          accountId: 'a',
          model: 'm',
          failure: {
            error: {
              kind: 'upstream_rate_limited',
              message: 'slow down, sk-abcdefghijklmnop',
              upstream: { status: 429 },
            },
            blame: 'account',
            action: 'next-account',
            retryAfterMs: 2000,
          },
        }),
      );

      expect(lines).toEqual([
        {
          level: 'warn',
          time: expect.any(Number) as number,
          msg: 'attempt failed',
          requestId: 'r-1',
          provider: 'openai',
          accountId: 'a',
          model: 'm',
          errorKind: 'upstream_rate_limited',
          upstreamStatus: 429,
          reason: 'slow down, [redacted]',
          blame: 'account',
          action: 'next-account',
          retryAfterMs: 2000,
        },
      ]);
    });
  });
});
