import type { CanonicalEvent } from '@sluice/core';
import { exchangeOf } from './__fixtures__/exchange-of.js';
import { ContentMeter, contentCharsOf, metered } from './content-meter.js';

const delta = (index: number, text: string): CanonicalEvent => ({ type: 'block-delta', index, delta: text });
const start = (index: number, type: 'text' | 'image' | 'audio'): CanonicalEvent => ({
  type: 'block-start',
  index,
  block: { type },
});
const USAGE: CanonicalEvent = { type: 'usage', usage: { input: 5, output: 1, source: 'upstream' } };

function seen(...events: readonly CanonicalEvent[]) {
  const { exchange } = exchangeOf();
  const meter = new ContentMeter(exchange);
  for (const event of events) meter.see(event);
  return exchange;
}

describe('ContentMeter', () => {
  it('counts text, but no base64', () => {
    const events = [start(0, 'text'), start(1, 'image'), delta(0, 'abc'), delta(1, 'AAAA'), delta(0, 'de')];

    expect(seen(...events)).toMatchObject({ contentChars: 5, unreportedChars: 5 });
  });

  it('knows what came behind the vendor’s latest word', () => {
    expect(seen(delta(0, 'abc'), USAGE, delta(0, 'de'))).toMatchObject({
      usage: { input: 5, output: 1 },
      contentChars: 5,
      unreportedChars: 2,
    });
  });

  it('forgets a call when the next one begins', () => {
    const exchange = seen(delta(0, 'abc'), USAGE);

    exchange.beginCall();

    expect(exchange).toMatchObject({ usage: undefined, contentChars: undefined, unreportedChars: undefined });
  });
});

describe('metered', () => {
  it('changes nothing', () => {
    const { exchange } = exchangeOf();
    const passed: CanonicalEvent[] = [];
    const events = [start(0, 'text'), delta(0, 'abc'), USAGE];

    const stage = metered(exchange);
    for (const event of events) stage.push(event, (item) => passed.push(item));

    expect(passed).toEqual(events);
    expect(exchange.contentChars).toBe(3);
  });
});

describe('contentCharsOf', () => {
  it('counts what the model wrote', () => {
    const chars = contentCharsOf([
      { type: 'text', text: 'abc' },
      { type: 'reasoning', text: 'de' },
      { type: 'refusal', text: 'f' },
      { type: 'tool-call', id: 'call_1', name: 'go', argumentsJson: '{}' },
      { type: 'image', source: { kind: 'base64', value: 'AAAA' } },
    ]);

    expect(chars).toBe(10);
  });
});
