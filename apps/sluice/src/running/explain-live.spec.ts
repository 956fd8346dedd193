import type { RouteExplanation } from '@sluice/gateway';
import { FakeGateway } from '../__fixtures__/fake-gateway.js';
import { NOW_MS, recordingTerminal } from '../__fixtures__/workplace.js';
import { explainLive } from './explain-live.js';

const EXPLANATION: RouteExplanation = {
  model: 'fast/1',
  key: 'operator',
  nowMs: NOW_MS,
  targets: [{ position: 0, strategy: 'round-robin' }],
  isSplit: false,
  accounts: [
    {
      accountId: 'a',
      provider: 'acme',
      priority: 0,
      weight: 1,
      condition: { inFlight: 0 },
      target: { position: 0, model: 'm-1' },
      standing: { type: 'cooling', untilMs: Date.UTC(2026, 0, 1), kind: 'upstream_rate_limited', message: 'Too fast.' },
    },
  ],
};

describe('explainLive', () => {
  const explain = async (answer: FakeGateway['answer'], url?: string) => {
    const gateway = new FakeGateway();
    gateway.answer = answer;
    const terminal = recordingTerminal();
    return { code: await explainLive({ model: 'fast/1', url }, gateway, terminal), ...terminal, asked: gateway.asked };
  };

  it('prints what the gateway knows, with the rests', async () => {
    const { code, printed, asked } = await explain(() => [200, EXPLANATION]);

    expect(code).toBe(0);
    expect(asked[0]?.[0]).toBe('http://127.0.0.1:8000/sluice/explain?model=fast%2F1');
    expect(printed).toEqual([
      'fast/1 is served by:',
      '  1.  a  acme  m-1  cools down until 2026-01-01T00:00:00.000Z: Too fast.',
      'Chosen by: round-robin.',
      'As the gateway at http://127.0.0.1:8000 sees it now, for the key "operator".',
    ]);
  });

  it('ends with 2 where the name leads nowhere', async () => {
    const refusal = { kind: 'model_not_found', message: 'No account serves it.' };

    expect((await explain(() => [200, { ...EXPLANATION, refusal, targets: [], accounts: [] }])).code).toBe(2);
  });

  it('leaves it to the configuration when nobody tells, unless an address was given', async () => {
    const refuse: FakeGateway['answer'] = () => [403, { error: { message: 'Not you.' } }];

    expect((await explain(refuse)).code).toBeUndefined();
    expect((await explain(refuse, 'https://gate.example')).code).toBe(1);
  });
});
