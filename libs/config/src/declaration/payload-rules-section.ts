import { z } from 'zod';
import { hot } from './setting.js';
import { modelGlob, text } from './text-settings.js';

/** Rules of one kind. */
const MAX_RULES = 256;
/** Places that one rule names. */
const MAX_PLACES = 128;
const ANY_JSON = 'any JSON value';

/** Which requests a rule is for, and what must hold for their bodies. */
const terms = {
  models: z
    .array(
      z.strictObject({
        name: modelGlob(),
        protocol: text().optional(),
        fromProtocol: text().optional(),
      }),
    )
    .min(1)
    .max(MAX_PLACES),
  headers: z.record(z.string(), z.string()).optional(),
  match: placesWithValues().optional(),
  notMatch: placesWithValues().optional(),
  exist: places().optional(),
  notExist: places().optional(),
};

const writingRules = z.array(z.strictObject({ ...terms, params: placesWithValues() })).max(MAX_RULES);
const rawRules = z
  .array(z.strictObject({ ...terms, params: z.record(text(), text()).meta({ type: 'paths with JSON texts' }) }))
  .max(MAX_RULES);
const filterRules = z.array(z.strictObject({ ...terms, params: places().min(1) })).max(MAX_RULES);

/** What is changed about the bodies that go to vendors. The paths are judged in `check-payload-rules.ts`. */
export const payloadRulesSection = z
  .strictObject({
    default: hot(
      writingRules.default([]),
      'Members to add where the client sent none: { models, params: { path: value } }. Of several for one path the first counts.',
      { asOneRow: true },
    ),
    defaultRaw: hot(rawRules.default([]), 'The same with values as JSON texts, which are sent as they are written.', {
      asOneRow: true,
    }),
    override: hot(writingRules.default([]), 'Members to set, whatever the client sent.', { asOneRow: true }),
    overrideRaw: hot(rawRules.default([]), 'The same with values as JSON texts, which are sent as they are written.', {
      asOneRow: true,
    }),
    filter: hot(filterRules.default([]), 'Members to take away, after everything else: { models, params: [path] }.', {
      asOneRow: true,
    }),
  })
  .prefault({});

function placesWithValues() {
  return z.record(text(), z.unknown().meta({ type: ANY_JSON })).meta({ type: 'paths with values' });
}

function places() {
  return z.array(text()).max(MAX_PLACES);
}
