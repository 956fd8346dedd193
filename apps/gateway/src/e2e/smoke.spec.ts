import OpenAI from 'openai';
import Anthropic from '@anthropic-ai/sdk';
import { startMockUpstream } from '@sluice/mock-upstream';
import { createGateway } from '../create-gateway.js';
import { loadGatewayConfiguration } from '../load-gateway-configuration.js';

it('smokes', async () => {
  const mock = await startMockUpstream();
  const lines: string[] = [];
  const gateway = await createGateway({ telemetry: { level: 'debug', destination: { write: (l: string) => void lines.push(l) } } });
  const loaded = await loadGatewayConfiguration({ file: 'sluice.json', env: {}, providers: gateway.descriptors, readFile: async (p) => p.endsWith('sluice.json') ? JSON.stringify({
    apiKeys: [{ name: 'local', key: 'client-key-000' }],
    accounts: [{ id: 'o', provider: 'openai-compatible', baseUrl: mock.url + '/v1', apiKey: 'acct-key', models: ['gpt'] }, { id: 'a', provider: 'anthropic', baseUrl: mock.url, apiKey: 'acct-key', models: ['claude'] }],
  }) : undefined });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  gateway.apply(loaded.snapshot);
  const at = await gateway.listen({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${at.port}`;
  const openai = new OpenAI({ baseURL: url + '/v1', apiKey: 'client-key-000', maxRetries: 0 });
  const r = await openai.chat.completions.create({ model: 'gpt', messages: [{ role: 'user', content: 'hi' }] });
  console.log(r.choices[0]?.message.content);
  const an = new Anthropic({ baseURL: url, apiKey: 'client-key-000', maxRetries: 0 });
  const m = await an.messages.create({ model: 'claude', max_tokens: 10, messages: [{ role: 'user', content: 'hi' }] });
  console.log(m.content, lines.join(''));
  await openai.chat.completions.create({ model: 'gtp', messages: [{ role: 'user', content: 'hi' }] }).catch((e: unknown) => console.log(e));
  await gateway.stop(100);
  await mock.stop();
});
