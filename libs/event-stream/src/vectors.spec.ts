import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BYTE_CUTS, findFixturesDirectory, loadRecordings, random } from '@sluice/testing';
import { decodeAll } from './__fixtures__/decode-all.js';
import { encodeMessage } from './encode-message.js';
import type { EventStreamHeader } from './header.js';

const RANDOM_CUTS = 100;

interface Vector {
  readonly name: string;
  readonly file: string;
  readonly error?: boolean;
  readonly messages?: readonly {
    readonly headers: Readonly<Record<string, { readonly type: number; readonly value: unknown }>>;
    readonly payloadBase64: string;
  }[];
}

/** Public vectors and captures beside the checkout; a clone without them has the hand-written frames only. CI must have them. */
const directory = join(findFixturesDirectory() ?? 'missing', 'aws-eventstream');
const isMissing = findFixturesDirectory() === undefined && !process.env['CI'];
// the file is generated and its shape is what the tests below compare
const vectors = isMissing ? [] : (JSON.parse(readFileSync(join(directory, 'vectors.json'), 'utf8')) as Vector[]);
const positive = vectors.filter(({ error }) => error !== true);
const negative = vectors.filter(({ error }) => error === true);

/** How a vector writes the value of each type, in the order of the type numbers. */
const READ_VALUE: readonly ((value: unknown) => Pick<EventStreamHeader, 'type' | 'value'>)[] = [
  () => ({ type: 'boolean', value: true }),
  () => ({ type: 'boolean', value: false }),
  (value) => ({ type: 'byte', value: Number(value) }),
  (value) => ({ type: 'short', value: Number(value) }),
  (value) => ({ type: 'integer', value: Number(value) }),
  (value) => ({ type: 'long', value: BigInt(String(value)) }),
  (value) => ({ type: 'byte-array', value: new Uint8Array(Buffer.from(String(value), 'base64')) }),
  (value) => ({ type: 'string', value: String(value) }),
  (value) => ({ type: 'timestamp', value: BigInt(String(value)) }),
  (value) => ({ type: 'uuid', value: String(value).replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5') }),
];

function read({ file }: Vector): Buffer {
  return readFileSync(join(directory, file));
}

function expected({ messages = [] }: Vector): object[] {
  return messages.map(({ headers, payloadBase64 }) => ({
    headers: Object.entries(headers).map(([name, { type, value }]) => ({ name, ...READ_VALUE[type]?.(value) })),
    payload: payloadBase64,
  }));
}

function found(bytes: readonly Buffer[]): object[] {
  return decodeAll(bytes).messages.map(({ typedHeaders, payload }) => ({
    headers: [...typedHeaders],
    payload: payload.toString('base64'),
  }));
}

describe('the public vectors', () => {
  it('are thirteen, or none in a clone without them', () => {
    expect([positive.length, negative.length]).toEqual(isMissing ? [0, 0] : [9, 4]);
  });

  it.each(BYTE_CUTS)('are read when they are good (%s)', (_, cut) => {
    for (const vector of positive) expect(found(cut(read(vector)))).toEqual(expected(vector));
  });

  it('are read when they are good, cut at random', () => {
    for (const vector of positive) {
      const bytes = read(vector);
      const whole = expected(vector);
      for (let seed = 1; seed <= RANDOM_CUTS; seed += 1) expect(found(random(seed)(bytes))).toEqual(whole);
    }
  });

  it('give the same bytes again', () => {
    for (const vector of positive) {
      const bytes = read(vector);

      const again = decodeAll([bytes]).messages.map((message) => encodeMessage(message));

      expect(Buffer.concat(again).equals(bytes)).toBe(true);
    }
  });

  it.each(BYTE_CUTS)('are refused when they are bad (%s)', (_, cut) => {
    for (const vector of negative) {
      const { messages, error } = decodeAll(cut(read(vector)));

      expect(messages).toEqual([]);
      expect(error).toMatchObject({ name: 'EventStreamError', code: expect.stringMatching(/^(prelude|message)-crc$/) });
    }
  });

  it('are refused when their last byte is missing', () => {
    for (const vector of positive) {
      const { error } = decodeAll([read(vector).subarray(0, -1)]);

      expect(error).toMatchObject({ code: 'truncated' });
    }
  });
});

describe('the recordings of kiro', () => {
  it.each(BYTE_CUTS)('are read to their end and give the same bytes again (%s)', (_, cut) => {
    for (const { body } of loadRecordings('kiro').filter(({ mode }) => mode === 'stream')) {
      const { messages, error } = decodeAll(cut(body));

      expect(error).toBeUndefined();
      expect(Buffer.concat(messages.map((message) => encodeMessage(message))).equals(body)).toBe(true);
    }
  });
});
