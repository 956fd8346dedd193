import { linesOf, loadText } from '../__fixtures__/load-text.js';

const OPEN = 'server: { allowUnauthenticated: true }\n';

/** The lines without the file and the position in front of them. */
async function messagesOf(text: string): Promise<readonly string[]> {
  return (await linesOf(OPEN + text)).map((line) => line.replace(/^sluice\.yaml(:\d+)*: /, ''));
}

const override = (params: string, terms = ''): string =>
  `payloadRules: { override: [{ models: [{ name: '*' }], ${terms}params: ${params} }] }`;

describe('checkPayloadRules', () => {
  it.each([
    override('{ temperature: 0.2, "tools.0.strict": true, metadata: { a: [1, null] } }'),
    override('{ messages.0.cache_control: { type: ephemeral } }'),
    override('{ a: b }', 'match: { stream: true }, exist: [messages], notExist: [model], notMatch: { a: 1 }, '),
    "payloadRules: { overrideRaw: [{ models: [{ name: '*' }], params: { seed: '12345678901234567890' } }] }",
    "payloadRules: { filter: [{ models: [{ name: 'gpt-*', protocol: claude }], params: [user, 'metadata.trace'] }] }",
  ])('takes %s', async (text) => {
    expect(await messagesOf(text)).toEqual([]);
  });

  it.each(['model', 'stream', 'messages', 'input', 'contents', 'prompt', 'conversationState'])(
    'refuses rules that change %s, and says where',
    async (member) => {
      const [line, ...others] = await messagesOf(override(`{ ${member}: x }`));

      expect(others).toEqual([]);
      expect(line).toMatch(
        new RegExp(`^payloadRules\\.override\\[0\\]\\.params\\.${member} leads to a member that no`),
      );
      expect(line).toContain('Remove the path from params.');
    },
  );

  it('refuses to take them away too, by their place in the list', async () => {
    const text = "payloadRules: { filter: [{ models: [{ name: '*' }], params: [user, stream] }] }";

    expect(await messagesOf(text)).toEqual([
      'payloadRules.filter[0].params[1] leads to a member that no rule may change: how the answer is read depends on it. Remove the path from params.',
    ]);
  });

  it.each([
    [override("{ 'a..b': 1 }"), /params\["a\.\.b"\] has an empty part/],
    [override('{ a: 1 }', "exist: ['#(']" + ', '), /exist\[0\] has an empty part/],
    [override('{ seed: 12345678901234567890 }'), /params\.seed is too large a number to be kept exactly.*overrideRaw/],
    [override('{ seed: .inf }'), /no number that JSON can say/],
    [
      "payloadRules: { defaultRaw: [{ models: [{ name: '*' }], params: { effort: high } }] }",
      /defaultRaw\[0\]\.params\.effort is no JSON text/,
    ],
    ['payloadRules: { override: [{ models: [], params: { a: 1 } }] }', /models is empty/],
    ['payloadRules: { overide: [] }', /Did you mean override\?/],
    [override('{ a: 1 }', 'header: { a: b }, '), /override\[0\]\.header is not .*Did you mean headers\?/],
  ])('refuses %s', async (text, message) => {
    const lines = await messagesOf(text);

    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(message);
  });

  it('warns of a protocol that no format has, which a plug-in may bring', async () => {
    const outcome = await loadText(
      `${OPEN}payloadRules: { override: [{ models: [{ name: '*', protocol: cluade }], params: { a: 1 } }] }`,
    );

    expect(outcome.ok && outcome.warnings).toMatchObject([
      { path: 'payloadRules.override[0].models[0].protocol', fix: 'Did you mean claude?' },
    ]);
  });
});

describe('checkHeaderRules', () => {
  it.each([
    'headerRules: [{ providers: [openai*], models: [gpt-*], allow: [X-Session-Id], remove: [traceparent], set: { x-a: $X-B } }]',
    'accounts: [{ id: a, provider: openai, apiKey: k, headers: { x-user: $X-User, x-price: $5 } }]',
  ])('takes %s', async (text) => {
    expect(await messagesOf(text)).toEqual([]);
  });

  it.each(['Authorization', 'x-api-key', 'X-Goog-Api-Key', 'Cookie', 'Proxy-Authorization'])(
    'never lets %s of a client travel',
    async (name) => {
      const [allowed, copied, ...others] = await messagesOf(
        `headerRules: [{ allow: [${name}], set: { x-copy: $${name} } }]`,
      );

      expect(others).toEqual([]);
      expect(allowed).toMatch(/^headerRules\[0\]\.allow\[0\] is the client's credential for the gateway/);
      expect(copied).toMatch(/^headerRules\[0\]\.set\.x-copy copies the client's/);
    },
  );

  it('never lets an account copy one either', async () => {
    expect(
      await messagesOf('accounts: [{ id: a, provider: openai, apiKey: k, headers: { x-copy: $Authorization } }]'),
    ).toEqual([
      "accounts[0].headers.x-copy copies the client's authorization, which is the client's credential for the gateway and is never forwarded. Remove it: it stays between the client and the gateway.",
    ]);
  });

  it.each([
    ['allow: [Transfer-Encoding]', /belongs to the connection and is never forwarded/],
    ['allow: [host]', /is set for every call/],
    ["allow: ['two words']", /not the name of a header/],
    ["remove: ['a:b']", /not the name of a header/],
    ['set: { authorization: Bearer x }', /set\.authorization is a credential.*belong to the account/],
    ['set: { connection: close }', /belongs to the connection/],
  ])('refuses { %s }', async (rule, message) => {
    const lines = await messagesOf(`headerRules: [{ ${rule} }]`);

    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(message);
  });
});
