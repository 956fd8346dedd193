import { readFileSync } from 'node:fs';
import { GatewayMetrics } from '@sluice/telemetry';
import { sendRaw } from '@sluice/testing';
import { startTestGateway, type TestGateway } from './harness/start-test-gateway.js';
import { account, CLIENT_KEY } from './harness/test-configuration.js';

const DOCUMENT = readFileSync(new URL('../../../../docs/monitoring.md', import.meta.url), 'utf8');
const METRIC_ROW = /^\| `(sluice_\w+)` \| (counter|gauge|histogram) \| ([^|]*)\|/gm;
const CODE = /`(\w+)`/g;

const wordsIn = (text: string): readonly string[] => [...text.matchAll(CODE)].map(([, word = '']) => word);
const sectionOf = (start: string, end: string): string =>
  DOCUMENT.slice(DOCUMENT.indexOf(start), DOCUMENT.indexOf(end, DOCUMENT.indexOf(start)));
/** The first cells of a table's rows. */
const fieldsIn = (section: string): readonly string[] =>
  section
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => wordsIn(line.split(' | ')[0] ?? ''));

describe('docs/monitoring.md', () => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
  });
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  it('has a row for every metric of the gateway, with its type and labels, and no other', async () => {
    const { registry } = test.gateway.app.get(GatewayMetrics);
    const types = new Map((await registry.getMetricsAsJSON()).map(({ name, type }) => [name, String(type)]));
    const offered = registry
      .getMetricsAsArray()
      .filter(({ name }) => name.startsWith('sluice_'))
      .map((metric) => {
        const { name, labelNames } = metric as unknown as { name: string; labelNames: string[] }; // not in its types
        return [name, types.get(name), labelNames.toSorted()];
      });

    const documented = [...DOCUMENT.matchAll(METRIC_ROW)].map(([, name, type, labels = '']) => [
      name,
      type,
      wordsIn(labels).toSorted(),
    ]);

    expect(documented.toSorted()).toEqual(offered.toSorted());
  });

  it('names no metric that is not in the table', () => {
    const rows = new Set([...DOCUMENT.matchAll(METRIC_ROW)].map(([, name]) => name));
    const named = [...DOCUMENT.matchAll(/\bsluice_\w+/g)].map(([name]) => name.replace(/_(bucket|sum|count)$/, ''));

    expect(named.filter((name) => !rows.has(name))).toEqual([]);
  });

  it('explains every field of the lines that a request leaves in the log', async () => {
    await test.configure({
      accounts: [
        account('openai-chat', test.vendor.url, { id: 'main' }),
        account('anthropic-messages', test.spare.url, { id: 'spare', models: ['gpt-test'], priority: 1 }),
      ],
    });
    test.vendor.next({ status: 429, retryAfter: '60', message: 'Too fast.' });
    const body = { model: 'gpt-test', messages: [{ role: 'user', content: 'Hi.' }] };
    await sendRaw(`${test.url}/v1/chat/completions`, { headers: { authorization: `Bearer ${CLIENT_KEY}` }, body });

    const [exchange] = test.logged('exchange');
    const [attempt] = test.logged('attempt failed');

    expect(fieldsIn(sectionOf('A line `exchange`', 'A line `attempt failed`'))).toEqual(
      expect.arrayContaining(Object.keys(exchange ?? { nothing: '' })),
    );
    expect(fieldsIn(sectionOf('A line `attempt failed`', '## What happened'))).toEqual(
      expect.arrayContaining(Object.keys(attempt ?? { nothing: '' })),
    );
  });
});
