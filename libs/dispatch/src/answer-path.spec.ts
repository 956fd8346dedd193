import type { Provider } from '@sluice/provider-kit';
import type { ExchangePlan } from '@sluice/translator-kit';
import { CountingPool } from './__fixtures__/counting-pool.js';
import { declareAccount } from './__fixtures__/declarations.js';
import { exchangeOf } from './__fixtures__/exchange-of.js';
import { NotingLogger } from './__fixtures__/observers.js';
import { scriptFormat } from './__fixtures__/script-format.js';
import { ScriptedProvider } from './__fixtures__/scripted-provider.js';
import { SpokenClient, spokenUpstream } from './__fixtures__/spoken-format.js';
import { openPath } from './answer-path.js';

function opened(plan: ExchangePlan, modelId?: Provider['modelId']) {
  const { exchange } = exchangeOf();
  const candidates = [{ declaration: declareAccount('a'), model: 'vendor-model' }];
  const { lease } = new CountingPool().lease({ candidates, exclude: new Set(), nowMs: 0 });
  if (lease === undefined) throw new Error('the pool has no account');
  const provider: Provider = new ScriptedProvider();
  if (modelId !== undefined) provider.modelId = modelId;
  return openPath(plan, {
    exchange,
    call: { path: '', query: 'a=1', body: Buffer.from('{"model":"client-model", "stream":false, "n":1.0}') },
    lease,
    provider,
    credential: { kind: 'api-key', secret: 'k' },
    logger: new NotingLogger(),
    mayAskAgain: () => false,
  });
}

describe('openPath', () => {
  it('leaves the client’s bytes alone but for the model where both speak one format', () => {
    const { upstream, call } = opened({ tier: 'pass-through', format: scriptFormat });

    expect(upstream).toBe(scriptFormat);
    expect(call.body.toString()).toBe('{"model":"vendor-model", "stream":false, "n":1.0}');
    expect(call.query).toBe('a=1');
  });

  it.each<[tier: string, plan: ExchangePlan, body: string]>([
    [
      'passed through',
      { tier: 'pass-through', format: scriptFormat },
      '{"model":"m-vendor-model", "stream":false, "n":1.0}',
    ],
    ['translated', { tier: 'translate', client: new SpokenClient(), upstream: spokenUpstream() }, 'say m-vendor-model'],
  ])('spells the model as the provider does when %s', (_tier, plan, body) => {
    const { call } = opened(plan, (model) => `m-${model}`);

    expect(call.body.toString()).toBe(body);
  });

  it('reads errors in the vendor’s format', () => {
    const upstream = spokenUpstream();

    expect(opened({ tier: 'translate', client: new SpokenClient(), upstream }).upstream).toBe(upstream);
  });
});
