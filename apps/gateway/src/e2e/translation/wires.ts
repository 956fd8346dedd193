import { byteCuts, withComments, withCrLf, type ByteCut, type SseRewiring } from '@sluice/testing';

/** One way in which the bytes of an answer may arrive. */
export interface Wire {
  readonly wire: string;
  readonly cut: ByteCut;
  readonly rewire: SseRewiring;
}

/** How many bytes of either end of a stream arrive one by one; all of a long stream would cost minutes. */
const ENDS_BYTES = 1_024;

const asItIs: SseRewiring = (sse) => sse;
const respelled: SseRewiring = (sse) => withComments(withCrLf(sse));

/** Beginning and end one byte at a time, the middle of a long stream in one piece. */
const endsByByte: ByteCut = (bytes) => {
  if (bytes.length <= 2 * ENDS_BYTES) return byteCuts.oneByte(bytes);
  const [begin, end] = [ENDS_BYTES, bytes.length - ENDS_BYTES];
  return [
    ...byteCuts.oneByte(bytes.subarray(0, begin)),
    bytes.subarray(begin, end),
    ...byteCuts.oneByte(bytes.subarray(end)),
  ];
};

/** For every answer. */
export const EVERY_ANSWER_WIRES: readonly Wire[] = [
  { wire: 'whole', cut: byteCuts.whole, rewire: asItIs },
  { wire: 'one byte at a time', cut: endsByByte, rewire: asItIs },
];

/** For a sample. */
export const SAMPLE_WIRES: readonly Wire[] = [
  { wire: 'inside characters', cut: byteCuts.insideUtf8, rewire: asItIs },
  { wire: 'CR LF with comments', cut: byteCuts.whole, rewire: respelled },
  { wire: 'CR LF with comments, one byte at a time', cut: endsByByte, rewire: respelled },
  { wire: 'at random, seed 1', cut: byteCuts.random(1), rewire: asItIs },
  { wire: 'at random, seed 2', cut: byteCuts.random(2), rewire: asItIs },
];

/** Those of a stream of frames, which has no lines. */
export function binaryWires(wires: readonly Wire[]): readonly Wire[] {
  return wires.filter(({ rewire }) => rewire === asItIs);
}
