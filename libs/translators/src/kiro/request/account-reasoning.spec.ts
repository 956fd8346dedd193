import type { ReasoningOptions } from '@sluice/core';
import { encode } from '../__fixtures__/encode.js';

const OLDER = 'claude-sonnet-4.5';
const NEWER = 'claude-opus-4.8';
const OTHER_FAMILY = 'gpt-5.6-sol';
const PLAIN = 'deepseek-3.2';

const tags = (length: number) =>
  `<thinking_mode>enabled</thinking_mode><max_thinking_length>${length}</max_thinking_length>`;

/** How a model is asked to think, and what is reported. */
function asked(upstreamModel: string, reasoning: object, options: ReasoningOptions | undefined = { mode: 'on' }) {
  const { system, body, warnings } = encode(options === undefined ? {} : { reasoning: options }, {
    upstreamModel,
    requestedModel: upstreamModel,
    dialect: { reasoning },
  });
  return {
    system,
    fields: body.additionalModelRequestFields,
    warnings: warnings.map(({ path, effect }) => `${path} ${effect}`),
  };
}

const NOTHING = { system: '', fields: undefined, warnings: [] };
const REFUSED = { ...NOTHING, warnings: ['/reasoning dropped'] };
const TAGS = { ...NOTHING, system: tags(20_000) };

describe('the account’s reasoning', () => {
  it.each([
    ['auto', OLDER, TAGS],
    ['auto', NEWER, { ...NOTHING, fields: { output_config: { effort: 'high' } } }],
    ['auto', OTHER_FAMILY, { ...NOTHING, fields: { reasoning: { effort: 'high' } } }],
    ['auto', PLAIN, REFUSED],
    ['native', OLDER, REFUSED],
    ['native', NEWER, { ...NOTHING, fields: { output_config: { effort: 'high' } } }],
    ['native', PLAIN, REFUSED],
    ['tags', OLDER, TAGS],
    ['tags', NEWER, TAGS],
    ['tags', OTHER_FAMILY, REFUSED],
    ['off', OLDER, REFUSED],
    ['off', NEWER, REFUSED],
    ['off', OTHER_FAMILY, { ...REFUSED, fields: { reasoning: { effort: 'none' } } }],
  ])('in the mode %s asks %s so', (mode, model, expected) => {
    expect(asked(model, { mode })).toEqual(expected);
  });

  it('in the mode off says nothing where nobody asked', () => {
    expect(asked(OLDER, { mode: 'off' }, { mode: 'off' })).toEqual(NOTHING);
  });

  it('in the mode tags sends no member, whatever the client says', () => {
    expect(asked(OTHER_FAMILY, { mode: 'tags' }, { mode: 'off' })).toEqual(NOTHING);
  });

  it.each([
    [OLDER, { always: true }, TAGS],
    [NEWER, { always: true, budgetTokens: 4000 }, { ...NOTHING, fields: { output_config: { effort: 'low' } } }],
    [OLDER, { always: false }, NOTHING],
    [OLDER, { always: true, mode: 'off' }, NOTHING],
  ])('of %s with %j is asked for without the client', (upstreamModel, reasoning, expected) => {
    const { system, body, warnings } = encode({}, { upstreamModel, dialect: { reasoning } });

    expect({ system, fields: body.additionalModelRequestFields, warnings }).toEqual(expected);
  });

  it('always leaves the client’s own "off" alone', () => {
    expect(asked(OLDER, { always: true }, { mode: 'off' })).toEqual(NOTHING);
  });

  it.each([
    [{ mode: 'on' } as const, tags(4000)],
    [{ mode: 'on', budgetTokens: 9000 } as const, tags(9000)],
    [{ mode: 'on', effort: 'medium' } as const, tags(16_000)],
  ])('has a budget for clients that name none: %j', (options, system) => {
    expect(asked(OLDER, { budgetTokens: 4000 }, options)).toMatchObject({ system });
  });

  it('asks the vendor for thinking without its text where the client does not want to see it', () => {
    expect(asked(NEWER, {}, { mode: 'adaptive', show: 'none' })).toMatchObject({
      fields: { thinking: { type: 'adaptive', display: 'omitted' } },
    });
  });
});
