import { assistant, call, functionTool, requestOf, result, system, user } from './__fixtures__/requests.js';
import { countRequestTokens, countTextTokens, measureRequest } from './count-tokens.js';

describe('countTextTokens', () => {
  it.each([
    ['Hello', 1],
    ['hello world!', 4],
    ['你好', 3],
    ['a'.repeat(399), 149],
    ['a'.repeat(400), 130],
    ['a'.repeat(800), 250],
    ['a'.repeat(1200), 360],
    ['a'.repeat(3200), 800],
    ['日本語 test', 6],
  ])('87: counts %.20s…', (text, tokens) => {
    expect(countTextTokens(text)).toBe(tokens);
  });

  it.each([
    ['é'.repeat(8), 3],
    ['ḁ'.repeat(8), 3],
    ['Я'.repeat(8), 12],
    ['🙂'.repeat(2), 3],
  ])('tells scripts apart: %s', (text, tokens) => {
    expect(countTextTokens(text)).toBe(tokens);
  });
});

describe('countRequestTokens', () => {
  it('88: counts a request without text as one token', () => {
    expect(countRequestTokens(requestOf({ messages: [] }))).toBe(1);
  });

  const TALK = requestOf({
    messages: [
      system('hello world!'), // 4
      user('hello world!', '你好'), // 4 + 3
      assistant(call('t', 'f', '{"a":"bcde"}')), // 12 characters: 4 when strict
      user(result('t', 'hello world!')), // 4 when strict
    ],
    tools: [functionTool('get_weather1', { type: 'object' }, 'Describes it')], // 4 + 4 + 6 (17 characters)
  });

  it('counts every text and every tool for itself', () => {
    expect(countRequestTokens(TALK)).toBe(4 + 4 + 3 + 4 + 4 + 6);
  });

  it('counts arguments and results where it is to be strict', () => {
    expect(countRequestTokens(TALK, { strict: true })).toBe(4 + 4 + 3 + 4 + 4 + 6 + 4 + 4);
  });

  it('counts no images', () => {
    const image = { type: 'image', source: { kind: 'base64', value: 'A'.repeat(1000) } } as const;

    expect(countRequestTokens(requestOf({ messages: [user('hello world!', image)] }))).toBe(4);
  });
});

describe('measureRequest', () => {
  it('adds the lengths of what would be counted', () => {
    const request = requestOf({ messages: [user('abc'), assistant(call('t', 'f', '{}'))] });

    expect(measureRequest(request)).toBe(3);
    expect(measureRequest(request, { strict: true })).toBe(5);
  });
});
