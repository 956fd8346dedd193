import { z } from 'zod';
import { headerMap } from './header-map.js';
import { maskedWords } from './masked-words.js';
import { decimalNumber, flag, milliseconds, wholeNumber } from './number-settings.js';
import { hot } from './setting.js';
import { accountId, modelGlob, modelPrefix, proxyUrl, text } from './text-settings.js';
import { upstreamTls } from './upstream-tls.js';

const MAX_CONCURRENCY = 100_000;
const MAX_PRIORITY = 1_000;
const MAX_WEIGHT = 1_000;

/**
 * The members that every account has. Its provider's own members stand beside them and are checked by the provider's schema,
 * so other members are passed over here and judged in `check-accounts.ts`.
 */
export const accountDeclaration = z.object({
  id: hot(accountId(), 'The name of the account: in model names before the /, in headers and in logs.'),
  provider: hot(text(), "The vendor's plug-in."),
  enabled: hot(flag().default(true), 'Whether the account is used.'),
  models: hot(z.array(modelGlob()).min(1).optional(), "Globs over the vendor's model names that the account serves.", {
    defaultText: 'every model of the vendor',
  }),
  excludeModels: hot(z.array(modelGlob()).default([]), 'Globs over model names that it does not serve; these win.'),
  prefix: hot(modelPrefix().optional(), 'A second name before the / in model names; several accounts may share one.', {
    defaultText: 'none',
  }),
  priority: hot(wholeNumber({ min: 0, max: MAX_PRIORITY }).default(0), 'Accounts with a lower number are tried first.'),
  weight: hot(
    decimalNumber({ min: 0.001, max: MAX_WEIGHT }).default(1),
    'The share of requests among accounts of the same priority.',
  ),
  owner: hot(
    text().optional(),
    'The name of the client key that alone may use the account, before all others; absent = the account is shared.',
    { defaultText: 'shared by all keys' },
  ),
  maxConcurrency: hot(
    wholeNumber({ min: 1, max: MAX_CONCURRENCY }).optional(),
    'How many requests the account serves at once.',
    { defaultText: 'unlimited' },
  ),
  headers: hot(
    headerMap().default({}),
    'Headers for every call to the vendor; they win over everything else. $Name = the value of the client’s header Name.',
    {
      secret: true,
    },
  ),
  maskedWords: maskedWords(
    'Words that the vendor of this account does not read, beside those of upstream.maskedWords.',
  ),
  proxyUrl: hot(
    proxyUrl(),
    'The outbound proxy of this account; direct = none, even where upstream.proxyUrl names one.',
    {
      secret: true,
      defaultText: 'upstream.proxyUrl',
    },
  ),
  timeouts: z
    .strictObject({
      connectMs: hot(milliseconds().optional(), 'As upstream.timeouts.connectMs, for this account.', {
        defaultText: 'upstream.timeouts.connectMs',
      }),
      firstByteMs: hot(milliseconds().optional(), 'As upstream.timeouts.firstByteMs, for this account.', {
        defaultText: 'upstream.timeouts.firstByteMs',
      }),
      idleMs: hot(milliseconds().optional(), 'As upstream.timeouts.idleMs, for this account.', {
        defaultText: 'upstream.timeouts.idleMs',
      }),
      totalMs: hot(milliseconds(0).optional(), 'As upstream.timeouts.totalMs, for this account.', {
        defaultText: 'upstream.timeouts.totalMs',
      }),
    })
    .prefault({}),
  tls: upstreamTls(),
  cooldown: z
    .strictObject({
      enabled: hot(
        flag().default(true),
        'false = always ask the vendor: never cool the account down, never disable it.',
      ),
    })
    .prefault({}),
});

/** Names that a provider's own members must not take. */
export const COMMON_ACCOUNT_MEMBERS: readonly string[] = Object.keys(accountDeclaration.shape);
