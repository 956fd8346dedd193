import { createHash } from 'node:crypto';
import { deterministicId } from './deterministic-id.js';

describe('deterministicId', () => {
  it('is the beginning of a hash of its parts', () => {
    const hash = createHash('sha256').update('["req-1",0]').digest('hex');

    expect(deterministicId('call_', ['req-1', 0])).toBe(`call_${hash.slice(0, 24)}`);
  });

  it('keeps parts apart', () => {
    expect(deterministicId('', ['a', 'bc'])).not.toBe(deterministicId('', ['ab', 'c']));
    expect(deterministicId('', ['1'])).not.toBe(deterministicId('', [1]));
  });
});
