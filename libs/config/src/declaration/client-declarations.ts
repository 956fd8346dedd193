import { z } from 'zod';
import { flag, decimalNumber } from './number-settings.js';
import { selectionStrategy } from './routing-section.js';
import { hot } from './setting.js';
import { modelGlob, modelName, secretText, text } from './text-settings.js';

/** One key that clients may use. */
export const apiKeyDeclaration = z.strictObject({
  name: hot(text(), 'What the key is called in logs and metering.'),
  key: hot(secretText(), 'The key itself, as clients send it.', { secret: true }),
  models: hot(z.array(modelGlob()).min(1).optional(), 'Globs over the model names that the key may use.', {
    defaultText: 'every model',
  }),
  providerOrder: hot(
    z.array(text()).default([]),
    "In which order the key's own accounts are tried, by provider; others come after these.",
  ),
  scopes: hot(
    z.array(z.enum(['diagnostics', 'admin'])).default([]),
    'What the key may do besides inference: diagnostics shows the account in the headers of an answer, and tells of accounts (/sluice/accounts, /sluice/explain); admin manages those of Kiro.',
  ),
});

const MAX_TARGET_WEIGHT = 1_000;

/** A target that gets a share of the requests, instead of all that the ones before it could not serve. */
const weightedTarget = z.strictObject({
  target: hot(modelName(), 'As a target without a weight.'),
  weight: hot(
    decimalNumber({ min: 0.001, max: MAX_TARGET_WEIGHT }).default(1),
    'The share of requests that go here first; the other targets stand in for it.',
  ),
});

/** One name of ours for models of vendors. */
export const modelDeclaration = z.strictObject({
  alias: hot(modelName(), 'The name that clients use.'),
  targets: hot(
    z.array(z.union([modelName(), weightedTarget])).min(1),
    'Where it goes: <account id, prefix or provider>/<model>, or a model name. In order of preference; as soon as one is ' +
      '{ target, weight }, requests are split by weight (1 where none is given) and the others stand in.',
  ),
  strategy: hot(selectionStrategy().optional(), 'As routing.strategy, for this name.', {
    defaultText: 'routing.strategy',
  }),
  sessionAffinity: hot(flag().optional(), 'As routing.sessionAffinity, for this name.', {
    defaultText: 'routing.sessionAffinity',
  }),
});
