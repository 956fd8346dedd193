import type { Candidate } from '@sluice/accounts';
import { ProviderRegistry } from '@sluice/provider-kit';
import { declareAccount } from './__fixtures__/declarations.js';
import { ScriptedProvider } from './__fixtures__/scripted-provider.js';
import { nativeCandidates } from './native-candidates.js';

class OtherProvider extends ScriptedProvider {
  override formats() {
    return ['other'];
  }
}

const providers = new ProviderRegistry([new ScriptedProvider('acme'), new OtherProvider('foreign')]);
const [spoken = ''] = new ScriptedProvider('acme').spoken;

function candidate(id: string, provider: string, priority: number): Candidate {
  const declared = declareAccount(id, { priority });
  return { declaration: { ...declared, account: { ...declared.account, provider } }, model: 'm' };
}

const idsOf = (candidates: readonly Candidate[]): string[] =>
  candidates.map(({ declaration }) => declaration.account.id);

describe('nativeCandidates', () => {
  it.each<[string, Candidate[], string[]]>([
    ['the vendor that speaks the format', [candidate('f', 'foreign', 0), candidate('n', 'acme', 0)], ['n']],
    ['everybody where nobody speaks it', [candidate('f', 'foreign', 0), candidate('g', 'foreign', 1)], ['f', 'g']],
    ['what the operator put first', [candidate('f', 'foreign', 0), candidate('n', 'acme', 1)], ['f', 'n']],
    ['nobody twice', [candidate('n', 'acme', 0), candidate('o', 'acme', 0)], ['n', 'o']],
  ])('asks first %s', (_case, candidates, expected) => {
    const target = { candidates };

    const first = nativeCandidates(target, spoken, providers);

    expect(idsOf(first)).toEqual(expected);
    expect(nativeCandidates(target, spoken, providers)).toBe(first);
  });
});
