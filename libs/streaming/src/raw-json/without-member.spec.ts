import { withoutMember } from './without-member.js';

describe('withoutMember', () => {
  it.each([
    ['first', '{"service_tier":"auto","model":"m"}', '{"model":"m"}'],
    ['in the middle', '{"a":1,"service_tier":"auto","b":2}', '{"a":1,"b":2}'],
    ['last', '{"a":1.0 ,\n "service_tier" : "auto" }', '{"a":1.0  }'],
    ['alone', '{ "service_tier":"auto" }', '{  }'],
    ['twice', '{"service_tier":"a","b":2,"service_tier":"c"}', '{"b":2}'],
    ['twice behind others', '{"a":1,"service_tier":"a" , "service_tier":"c"}', '{"a":1 }'],
    ['three times in front', '{"service_tier":1, "service_tier":2,"service_tier":3,"b":2}', '{ "b":2}'],
    ['twice and alone', '{"service_tier":"a","service_tier":"c"}', '{}'],
  ])('takes out a member that stands %s, and leaves every other byte', (_case, body, expected) => {
    expect(withoutMember(Buffer.from(body), 'service_tier').toString()).toBe(expected);
  });

  it('takes out in one pass what a client repeats without end', () => {
    const repeated = Buffer.from(`{${'"service_tier":1,'.repeat(200_000)}"model":"m"}`);

    expect(withoutMember(repeated, 'service_tier').toString()).toBe('{"model":"m"}');
  });

  it.each([
    ['no such member', '{"model":"m"}'],
    ['one inside another object', '{"metadata":{"service_tier":"auto"}}'],
    ['a key with escapes', '{"service\\u005ftier":"auto"}'],
    ['no JSON object', '[1]'],
  ])('leaves %s alone', (_case, body) => {
    const bytes = Buffer.from(body);

    expect(withoutMember(bytes, 'service_tier')).toBe(bytes);
  });
});
