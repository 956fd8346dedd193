import type { Candidate } from '@sluice/accounts';
import { ProviderRegistry } from '@sluice/provider-kit';
import type { Route } from '@sluice/routing';
import { declareAccount } from './__fixtures__/declarations.js';
import { ScriptedProvider } from './__fixtures__/scripted-provider.js';
import { countingLists } from './counting-candidates.js';

class OtherProvider extends ScriptedProvider {
  override formats() {
    return ['other'];
  }
}

const providers = new ProviderRegistry([new ScriptedProvider('acme'), new OtherProvider('foreign')]);
const [format = ''] = new ScriptedProvider('acme').spoken;

function candidate(id: string, provider: string): Candidate {
  const declared = declareAccount(id);
  return { declaration: { ...declared, account: { ...declared.account, provider } }, model: 'm' };
}

const FOREIGN = candidate('foreign', 'foreign');
const NATIVE = candidate('native', 'acme');
const MUTE = candidate('mute', 'acme');

const listsOf = (route: Route): unknown[] =>
  countingLists({ route, format, providers, canCount: (one) => one !== MUTE }).map(({ candidates, strategy }) => [
    strategy,
    ...candidates.map(({ declaration }) => declaration.account.id),
  ]);

describe('countingLists', () => {
  it('has of each target, in order, first the ones that speak the client’s format, and nobody who cannot count', () => {
    const targets = [
      { candidates: [FOREIGN, MUTE, NATIVE], strategy: 'balanced' as const },
      { candidates: [FOREIGN] },
      { candidates: [MUTE] },
    ];

    expect(listsOf({ requestedModel: 'm', targets })).toEqual([
      ['balanced', 'native'],
      ['balanced', 'foreign', 'native'],
      [undefined, 'foreign'],
      [undefined, 'foreign'],
    ]);
  });

  it('leaves an owner’s order as it is', () => {
    const owner = { id: 'key:app', providerOrder: [] };

    expect(listsOf({ requestedModel: 'm', targets: [{ candidates: [FOREIGN, NATIVE] }], owner })).toEqual([
      [undefined, 'foreign', 'native'],
    ]);
  });

  it('is made once for a route', () => {
    const choice = {
      route: { requestedModel: 'm', targets: [{ candidates: [NATIVE] }] },
      format,
      providers,
      canCount: () => true,
    };

    expect(countingLists(choice)).toBe(countingLists(choice));
  });
});
