import { z } from 'zod';
import { accountDeclaration } from './account-declaration.js';
import { flag } from './number-settings.js';
import { apiKeyDeclaration, modelDeclaration } from './client-declarations.js';
import { headerRulesSection } from './header-rules-section.js';
import { payloadRulesSection } from './payload-rules-section.js';
import { responsesSection } from './responses-section.js';
import { loggingSection } from './logging-section.js';
import { routingSection } from './routing-section.js';
import { serverSection } from './server-section.js';
import { hot, restart } from './setting.js';
import { text, urlText } from './text-settings.js';
import { tokenCountingSection } from './token-counting-section.js';
import { retrySection, upstreamSection } from './upstream-sections.js';

/**
 * THE declaration of every setting but the providers' own: its check, its default, what it is for, when a change takes effect.
 * Checks, reference and example derive from it.
 */
export const configurationSchema = z.strictObject({
  server: serverSection,
  apiKeys: z.array(apiKeyDeclaration).default([]),
  accounts: z.array(accountDeclaration).default([]),
  models: z.array(modelDeclaration).default([]),
  upstream: upstreamSection,
  retry: retrySection,
  routing: routingSection,
  payloadRules: payloadRulesSection,
  headerRules: headerRulesSection,
  echoModel: hot(
    z.union([z.literal('auto'), flag()]).default('auto'),
    'Write the name that the client sent into passed-through answers too; auto = where it is not the one that the vendor was asked for, and clients of the format rely on it (Anthropic).',
  ),
  tokenCounting: tokenCountingSection,
  responses: responsesSection,
  logging: loggingSection,
  metrics: z
    .strictObject({
      public: hot(flag().default(false), 'Whether /metrics answers other machines without a key.'),
    })
    .prefault({}),
  dataDirectory: restart(text().default('./.sluice'), 'Where Sluice keeps what it must remember.', {
    environment: 'SLUICE_DATA',
    flag: 'data',
  }),
  encryptionKey: restart(text().optional(), 'Encrypts stored logins: 32 bytes in base64 or hexadecimal.', {
    secret: true,
    environment: 'SLUICE_ENCRYPTION_KEY',
    defaultText: 'a key file under dataDirectory, made when the first login is stored',
  }),
  database: z
    .strictObject({
      url: restart(
        urlText(['postgres', 'postgresql'], ['embedded', 'none']).default('embedded'),
        'The database of the control plane: embedded = under dataDirectory, none = this file only.',
        { secret: true, environment: 'DATABASE_URL', flag: 'database' },
      ),
    })
    .prefault({}),
  redis: z
    .strictObject({
      url: restart(urlText(['redis', 'rediss']).optional(), 'The Redis that replicas share counters through.', {
        secret: true,
        environment: 'REDIS_URL',
        defaultText: 'none: every replica counts for itself',
      }),
    })
    .prefault({}),
});
