import { z } from 'zod';
import { RESPONSE_STORE_ENTRIES, RESPONSE_STORE_SIZE, RESPONSE_STORE_TTL_MS } from './defaults.js';
import { byteSize, flag, milliseconds, wholeNumber } from './number-settings.js';
import { hot } from './setting.js';

const MAX_ENTRIES = 1_000_000;
const MIN_BYTES = 1_024;
const MAX_BYTES = 8_589_934_592;

/** What clients of the Responses API get beyond one answer. */
export const responsesSection = z
  .strictObject({
    store: z
      .strictObject({
        enabled: hot(
          flag().default(false),
          'Remember translated answers in memory, so that previous_response_id works with vendors that keep nothing.',
        ),
        maxEntries: hot(
          wholeNumber({ min: 1, max: MAX_ENTRIES }).default(RESPONSE_STORE_ENTRIES),
          'How many answers are remembered; what was not used for longest makes room.',
        ),
        maxBytes: hot(
          byteSize({ min: MIN_BYTES, max: MAX_BYTES }).prefault(RESPONSE_STORE_SIZE),
          'How much memory they may take together, each with its whole conversation; in bytes or with a unit.',
        ),
        ttlMs: hot(
          milliseconds().default(RESPONSE_STORE_TTL_MS),
          'How long an answer is remembered after it was made or last continued, in milliseconds.',
        ),
      })
      .prefault({}),
  })
  .prefault({});
