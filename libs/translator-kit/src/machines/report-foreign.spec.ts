import type { CanonicalRequest, Extensions } from '@sluice/core';
import { reportForeign } from './report-foreign.js';
import { saidAs } from './said-members.js';

const foreign: Extensions = { acme: { a: 1 } };
const report = (members: Partial<CanonicalRequest>) =>
  reportForeign({ model: 'm', stream: false, messages: [], tools: [], sampling: {}, ...members }, 'mine');

describe('reportForeign', () => {
  it('names the members of the request', () => {
    expect(report({ extensions: { acme: { a: 1, b: 2 }, mine: { c: 3 } } })).toEqual([
      {
        path: '/extensions/acme',
        effect: 'dropped',
        message: 'Members that only acme has were left out: a, b.',
      },
    ]);
  });

  it('names only so many of them', () => {
    const members = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`m${index}`, true]));

    expect(report({ extensions: { acme: members } })[0]?.message).toMatch(/: m0, m1, .*, m7 and 2 more\.$/);
  });

  it('counts all other places at the first of them', () => {
    const text = { type: 'text', text: 'a', extensions: foreign } as const;
    const result = { type: 'tool-result', callId: 'c', content: [text] } as const;
    const tool = { kind: 'function', name: 'f', parameters: {}, extensions: foreign } as const;

    const warnings = report({
      messages: [
        { role: 'user', content: [result] },
        { role: 'user', content: [], extensions: foreign },
      ],
      tools: [tool],
    });

    expect(warnings).toMatchObject([
      { path: '/messages/0/content/0/content/0', message: expect.stringContaining('at 3 places') },
    ]);
  });

  it('misses nothing that the request says as well', () => {
    const extensions: Extensions = { acme: { ...saidAs({ user: 'u' }) } };

    expect(report({ extensions, messages: [{ role: 'user', content: [], extensions }] })).toEqual([]);
  });
});
