import { settingsOf } from '../__fixtures__/settings-of.js';
import type { HeadersToShape } from './headers-to-shape.js';
import { shapeHeaders } from './shape-headers.js';

const CLIENT = { 'x-session-id': 's-1', 'x-user': 'ada', traceparent: 't-1', authorization: 'Bearer client' };

async function shaped(rules: string, changes: Partial<HeadersToShape> = {}) {
  const { headerRules } = await settingsOf(`headerRules: ${rules}`);
  return shapeHeaders({
    rules: headerRules,
    provider: 'openai',
    models: ['fast', 'gpt-4o'],
    client: CLIENT,
    forwarded: { traceparent: 't-1' },
    account: {},
    ...changes,
  });
}

describe('shapeHeaders', () => {
  it('lets headers of the client travel, and others not', async () => {
    const { headers } = await shaped('[{ allow: [X-Session-Id, x-absent], remove: [Traceparent] }]');

    expect(headers).toEqual({ 'x-session-id': 's-1', traceparent: undefined });
  });

  it('takes no member that every object has for a header of the client', async () => {
    const { headers, operatorHeaders } = await shaped(
      '[{ allow: [constructor, toString], set: { x-copy: $valueOf, x-set: "1" } }]',
    );

    expect(headers).toEqual({ traceparent: 't-1' });
    expect(operatorHeaders).toEqual({ 'x-set': '1' });
  });

  it('sets headers of the operator, the account’s before those of rules', async () => {
    const { operatorHeaders } = await shaped('[{ set: { x-team: search, x-cost: "1" } }]', {
      account: { 'x-team': 'sales', 'x-own': 'o' },
    });

    expect(operatorHeaders).toEqual({ 'x-team': 'sales', 'x-cost': '1', 'x-own': 'o' });
  });

  it('puts the betas of rule and account together', async () => {
    const { operatorHeaders } = await shaped('[{ set: { anthropic-beta: a } }]', {
      account: { 'anthropic-beta': 'b,a' },
    });

    expect(operatorHeaders).toEqual({ 'anthropic-beta': 'a,b' });
  });

  it('copies the client’s headers under other names, where it sent them', async () => {
    const { operatorHeaders } = await shaped('[{ set: { x-end-user: $X-User, x-none: $X-Absent } }]');

    expect(operatorHeaders).toEqual({ 'x-end-user': 'ada' });
  });

  it('copies them for an account without any rule', async () => {
    const account = { 'x-own': 'o' };
    const copied = { 'x-end-user': 'x-user', 'x-none': 'x-absent' };

    expect(await shaped('[]', { account, copied })).toEqual({
      headers: { traceparent: 't-1' },
      operatorHeaders: { 'x-own': 'o', 'x-end-user': 'ada' },
    });
  });

  it('joins a header that came several times', async () => {
    const client = { 'x-tag': ['a', 'b'] };

    const { headers, operatorHeaders } = await shaped('[{ allow: [x-tag], set: { x-copy: $x-tag } }]', { client });

    expect(headers['x-tag']).toBe('a,b');
    expect(operatorHeaders).toEqual({ 'x-copy': 'a,b' });
  });

  it('lets later rules change what earlier ones did', async () => {
    const rules = '[{ allow: [x-user], set: { x-a: "1", x-b: "1" } }, { remove: [x-user, x-a], set: { x-b: "2" } }]';

    const { headers, operatorHeaders } = await shaped(rules);

    expect(headers['x-user']).toBeUndefined();
    expect(operatorHeaders).toEqual({ 'x-b': '2' });
  });

  it.each([
    ['{ providers: [openai] }', true],
    ["{ providers: ['open*'], models: ['gpt-*'] }", true],
    ["{ models: ['fast'] }", true],
    ['{ providers: [anthropic] }', false],
    ["{ providers: [openai], models: ['claude-*'] }", false],
  ])('knows for which calls a rule is: %s', async (terms, isFor) => {
    const { operatorHeaders } = await shaped(`[${terms.replace(' }', ', set: { x-a: "1" } }')}]`);

    expect(operatorHeaders).toEqual(isFor ? { 'x-a': '1' } : undefined);
  });

  it('leaves rules for certain models out where a request names none', async () => {
    const { operatorHeaders } = await shaped("[{ models: ['*'], set: { x-a: '1' } }, { set: { x-b: '1' } }]", {
      models: [],
    });

    expect(operatorHeaders).toEqual({ 'x-b': '1' });
  });

  it('changes nothing where no rule applies', async () => {
    const forwarded = { traceparent: 't-1' };

    expect(await shaped('[{ providers: [gemini], remove: [traceparent] }]', { forwarded })).toEqual({
      headers: forwarded,
    });
  });
});
