import { z } from 'zod';
import { TOKEN_COUNT_TIMEOUT_MS } from './defaults.js';
import { milliseconds } from './number-settings.js';
import { hot } from './setting.js';
import { secretText, urlText } from './text-settings.js';

/** Who counts input tokens where no account of a request can. */
export const tokenCountingSection = z
  .strictObject({
    url: hot(
      urlText(['http', 'https']).optional(),
      'Who is asked to count input tokens where no account can: an address that takes what /v1/messages/count_tokens takes.',
      { environment: 'SLUICE_COUNT_TOKENS_URL', defaultText: 'nobody: they are estimated' },
    ),
    apiKey: hot(secretText().optional(), 'The key for it.', {
      secret: true,
      environment: 'SLUICE_COUNT_TOKENS_KEY',
      defaultText: 'none is sent',
    }),
    authType: hot(
      z.enum(['x-api-key', 'bearer']).default('x-api-key'),
      'The header that the key is sent in: x-api-key, or authorization.',
    ),
    timeoutMs: hot(
      milliseconds().default(TOKEN_COUNT_TIMEOUT_MS),
      'How long the count may take, in milliseconds; then it is estimated.',
    ),
  })
  .prefault({});
