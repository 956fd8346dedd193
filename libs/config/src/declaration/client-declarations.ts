import { z } from 'zod';
import { hot } from './setting.js';
import { modelGlob, modelName, secretText, text } from './text-settings.js';

/** One key that clients may use. */
export const apiKeyDeclaration = z.strictObject({
  name: hot(text(), 'What the key is called in logs and metering.'),
  key: hot(secretText(), 'The key itself, as clients send it.', { secret: true }),
  models: hot(z.array(modelGlob()).min(1).optional(), 'Globs over the model names that the key may use.', {
    defaultText: 'every model',
  }),
  scopes: hot(
    z.array(z.enum(['diagnostics', 'admin'])).default([]),
    'What the key may do besides inference: diagnostics shows the account in the headers of an answer.',
  ),
});

/** One name of ours for models of vendors. */
export const modelDeclaration = z.strictObject({
  alias: hot(modelName(), 'The name that clients use.'),
  targets: hot(
    z.array(modelName()).min(1),
    'Where it goes, in order of preference: <account id, prefix or provider>/<model>, or a model name.',
  ),
});
