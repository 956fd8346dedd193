import { GatewayError, type CanonicalEvent } from '@sluice/core';
import { exchangeOf } from './__fixtures__/exchange-of.js';
import { AnswerTap } from './answer-tap.js';

const USAGE: CanonicalEvent = { type: 'usage', usage: { output: 4, source: 'upstream' } };
const TEXT: CanonicalEvent = { type: 'block-delta', index: 0, delta: 'a' };
const END: CanonicalEvent = { type: 'response-end', finishReason: { unified: 'length' } };
const FAILURE = new GatewayError({ kind: 'upstream_overloaded', message: 'full' });
const ERROR: CanonicalEvent = { type: 'response-error', error: FAILURE };

function tapped(hasCommitted: boolean, ...events: readonly CanonicalEvent[]) {
  const { exchange } = exchangeOf();
  const tap = new AnswerTap(exchange, () => hasCommitted);
  const passed: CanonicalEvent[] = [];
  for (const event of events) tap.push(event, (item) => passed.push(item));
  return { exchange, passed, tap };
}

describe('AnswerTap', () => {
  it('notes usage and finish, and lets everything pass', () => {
    const { exchange, passed, tap } = tapped(true, TEXT, USAGE, END);

    expect(passed).toEqual([TEXT, USAGE, END]);
    expect(exchange).toMatchObject({ usage: { output: 4 }, finishReason: { unified: 'length' } });
    expect(tap).toMatchObject({ hasEnded: true, error: undefined });
  });

  it.each<[when: string, hasCommitted: boolean, passed: readonly CanonicalEvent[]]>([
    ['before the commit keeps the failure from the client', false, []],
    ['after the commit lets the failure pass', true, [ERROR]],
  ])('%s, and nothing after it', (_when, hasCommitted, expected) => {
    const { exchange, passed, tap } = tapped(hasCommitted, ERROR, TEXT, USAGE, END, ERROR);

    expect(passed).toEqual(expected);
    expect(tap).toMatchObject({ hasEnded: false, error: FAILURE });
    expect(exchange).toMatchObject({ usage: undefined, finishReason: undefined });
  });

  it('does not call an answer ended whose end the stages behind did not take', () => {
    const { exchange } = exchangeOf();
    const tap = new AnswerTap(exchange, () => true);

    expect(() =>
      tap.push(END, () => {
        throw new TypeError('oops');
      }),
    ).toThrow('oops');
    expect(tap.hasEnded).toBe(false);
  });
});
