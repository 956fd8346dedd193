import type { JsonObject } from '@sluice/core';
import type { ReloadReport } from './reload-report.js';

/** What `/ready` tells about a configuration that was refused: anybody may ask, so no more than that there is one. */
export function describeReloadError(last: ReloadReport | undefined): JsonObject {
  if (last?.outcome !== 'refused') return {};
  return {
    last_reload_error: {
      at: new Date(last.atMs).toISOString(),
      problems: last.problems.length,
      message: 'The last configuration was refused and the one before it is in force. The log names every mistake.',
    },
  };
}
