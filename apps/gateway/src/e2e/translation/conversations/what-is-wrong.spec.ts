import type { AskedTurn } from './asked-turns.js';
import { foreignProofs, PROOFS, wrongWithTurns } from './what-is-wrong.js';

const user = (...results: readonly string[]): AskedTurn => ({ role: 'user', calls: [], results });
const assistant = (...calls: readonly string[]): AskedTurn => ({ role: 'assistant', calls, results: [] });

describe('wrongWithTurns', () => {
  it('finds nothing in a conversation that vendors take', () => {
    expect(wrongWithTurns([user(), assistant('a', 'b'), user('b', 'a'), assistant('c'), user('c')])).toEqual([]);
  });

  it.each<[string, readonly AskedTurn[]]>([
    ['a call without a result', [user(), assistant('a', 'b'), user('a')]],
    ['a result without a call', [user(), assistant('a'), user('a', 'b')]],
    ['a result that comes late', [user(), assistant('a'), user(), assistant(), user('a')]],
    ['a call that is answered twice', [user(), assistant('a'), user('a', 'a')]],
    ['a speaker who speaks twice', [user(), user()]],
    ['an assistant who begins', [assistant(), user()]],
    ['an assistant who ends', [user(), assistant()]],
  ])('finds %s', (_, turns) => {
    expect(wrongWithTurns(turns)).not.toEqual([]);
  });
});

describe('foreignProofs', () => {
  const body = Buffer.from(JSON.stringify(Object.values(PROOFS)));

  it('knows the vendors that serve the same models', () => {
    expect(foreignProofs('bedrock-converse', body)).toEqual(['openai-responses', 'gemini']);
  });

  it('leaves no proof to a vendor of whom nothing is known', () => {
    expect(foreignProofs('openai-chat', body)).toEqual(Object.keys(PROOFS));
  });
});
