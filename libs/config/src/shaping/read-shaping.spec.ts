import { configurationOf } from '../__fixtures__/load-text.js';
import { SAMPLE_PROVIDERS } from '../__fixtures__/sample-providers.js';
import { buildSnapshot } from '../build-snapshot.js';

const OPEN = 'server: { allowUnauthenticated: true }\n';
const snapshotOf = async (text: string) => buildSnapshot(await configurationOf(OPEN + text), SAMPLE_PROVIDERS, 1);

describe('the rules of a snapshot', () => {
  it('are absent where none are declared', async () => {
    const { settings } = await snapshotOf('payloadRules: { override: [] }\nheaderRules: []');

    expect(settings.payloadRules).toBeUndefined();
    expect(settings.headerRules).toBeUndefined();
  });

  it('hold values as they are sent, those written as JSON behind the others', async () => {
    const { settings } = await snapshotOf(`
payloadRules:
  overrideRaw: [{ models: [{ name: '*' }], params: { seed: ' 12345678901234567890 ' } }]
  override: [{ models: [{ name: '*' }], params: { a.b: { c: [1, ä] } } }]
`);

    expect(settings.payloadRules?.override.map(({ params }) => params)).toMatchObject([
      [{ path: { text: 'a.b' }, json: '{"c":[1,"ä"]}' }],
      [{ path: { text: 'seed' }, json: '12345678901234567890' }],
    ]);
  });

  it.each([
    ['openai', { formats: ['openai-chat'] }],
    ['openai-compat', { formats: ['openai-chat'], provider: 'openai-compatible' }],
    ['Claude', { formats: ['anthropic-messages'] }],
    ['codex', { formats: ['openai-responses'] }],
    ['gemini', { formats: ['gemini'] }],
    ['bedrock-converse', { formats: ['bedrock-converse'] }],
  ])('know the protocol %s', async (protocol, term) => {
    const rule = `{ models: [{ name: 'm', protocol: ${protocol}, fromProtocol: ${protocol} }], params: [user] }`;

    const { settings } = await snapshotOf(`payloadRules: { filter: [${rule}] }`);

    expect(settings.payloadRules?.filter[0]?.models).toEqual([{ name: 'm', protocol: term, fromProtocol: term }]);
  });

  it('tell copies of client headers from values, in rules and in accounts', async () => {
    const headers = '{ X-User: $X-End-User, x-team: search, x-price: $5, x-odd: $$x }';

    const { settings, accounts } = await snapshotOf(
      `headerRules: [{ allow: [X-Trace], set: ${headers} }]\naccounts: [{ id: a, provider: openai, apiKey: k, headers: ${headers} }]`,
    );

    const set = { 'x-team': 'search', 'x-price': '$5', 'x-odd': '$$x' };
    const copy = { 'x-user': 'x-end-user' };
    expect(settings.headerRules).toEqual([{ allow: ['x-trace'], remove: [], set, copy }]);
    expect(accounts[0]?.account.headers).toEqual(set);
    expect(accounts[0]?.copiedHeaders).toEqual(copy);
  });
});
