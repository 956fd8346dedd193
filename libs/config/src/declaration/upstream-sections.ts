import { z } from 'zod';
import {
  CONNECT_TIMEOUT_MS,
  FIRST_BYTE_TIMEOUT_MS,
  IDLE_TIMEOUT_MS,
  RETRY_DEADLINE_MS,
  RETRY_MAX_ATTEMPTS,
  RETRY_MAX_WAIT_MS,
} from './defaults.js';
import { fetchMediaSection } from './fetch-media-section.js';
import { maskedWords } from './masked-words.js';
import { milliseconds, wholeNumber } from './number-settings.js';
import { hot } from './setting.js';
import { proxyUrl } from './text-settings.js';
import { upstreamTls } from './upstream-tls.js';

/** What holds for every account that does not say otherwise. */
export const upstreamSection = z
  .strictObject({
    proxyUrl: hot(proxyUrl(), 'The outbound proxy of every account that does not name its own.', {
      secret: true,
      defaultText: 'no proxy',
    }),
    timeouts: z
      .strictObject({
        connectMs: hot(
          milliseconds().default(CONNECT_TIMEOUT_MS),
          'To an open, secured connection to the vendor, in milliseconds.',
        ),
        firstByteMs: hot(
          milliseconds().default(FIRST_BYTE_TIMEOUT_MS),
          'From the sent request to the first byte of the answer, in milliseconds.',
        ),
        idleMs: hot(milliseconds().default(IDLE_TIMEOUT_MS), 'Between two pieces of an answer, in milliseconds.'),
        totalMs: hot(
          milliseconds(0).default(0),
          'From the sent request to the last byte of an answer that is not streamed, in milliseconds; 0 = no limit.',
        ),
      })
      .prefault({}),
    tls: upstreamTls(),
    fetchMedia: fetchMediaSection,
    maskedWords: maskedWords(
      'Words that no vendor reads: placeholders go there instead, and answers have the words again; see docs/shaping.md.',
    ),
  })
  .prefault({});

/** How much one request may cost in calls and time before the client is told that it failed. */
export const retrySection = z
  .strictObject({
    maxAttempts: hot(
      wholeNumber({ min: 1, max: 20 }).default(RETRY_MAX_ATTEMPTS),
      'How many calls one request may cost, over all accounts.',
    ),
    maxWaitMs: hot(
      milliseconds(0).default(RETRY_MAX_WAIT_MS),
      'The longest single wait for a cooling account or before the same account is asked again, in milliseconds.',
    ),
    deadlineMs: hot(
      milliseconds().default(RETRY_DEADLINE_MS),
      'No new attempt is begun after this time, in milliseconds.',
    ),
  })
  .prefault({});
