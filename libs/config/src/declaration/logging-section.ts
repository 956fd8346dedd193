import { z } from 'zod';
import { LOG_FILE_BYTES, LOG_FILES } from './defaults.js';
import { byteSize, wholeNumber } from './number-settings.js';
import { hot, restart } from './setting.js';
import { text } from './text-settings.js';

/** How much is logged, from most to least. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const FILE_BYTES = { min: 65_536, max: 10_737_418_240 };

/** What is logged, and where. */
export const loggingSection = z
  .strictObject({
    level: hot(z.enum(LOG_LEVELS).default('info'), 'The least important message that is still logged.', {
      environment: 'SLUICE_LOG_LEVEL',
      flag: 'logLevel',
    }),
    file: restart(
      text().optional(),
      'Where the log is written: logs/sluice.log becomes logs/sluice.<date>.<number>.log, a new one every day.',
      { environment: 'SLUICE_LOG_FILE', flag: 'logFile', defaultText: "the process's own output" },
    ),
    maxFileBytes: restart(
      byteSize(FILE_BYTES).default(LOG_FILE_BYTES),
      'A larger log file is followed by the next one, in bytes or with a unit.',
    ),
    maxFiles: restart(
      wholeNumber({ min: 1, max: 1_000 }).default(LOG_FILES),
      'How many log files are kept; the oldest ones are deleted.',
    ),
  })
  .prefault({});
