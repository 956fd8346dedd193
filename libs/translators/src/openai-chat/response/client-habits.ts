import type { CanonicalRequest } from '@sluice/core';
import { isJsonObject } from '@sluice/core';
import { objectMember } from '@sluice/translator-kit';
import { carriedBy } from '../carried.js';

/** What a client's request says of how it reads answers. */
export interface ClientHabits {
  /** It declared `functions` and reads `function_call`. */
  readonly isLegacy: boolean;
  /** Names of its custom tools, whose calls hold text instead of arguments. */
  readonly customTools: ReadonlySet<string>;
  /** It asked for usage at the end of its stream. */
  readonly wantsUsage: boolean;
}

/** @param request absent = nothing is known */
export function readClientHabits(request: CanonicalRequest | undefined): ClientHabits {
  const tools = (request?.tools ?? []).filter((tool) => tool.kind === 'function');
  return {
    isLegacy: tools.some((tool) => carriedBy(tool)?.['functions'] === true),
    customTools: new Set(tools.filter((tool) => isJsonObject(carriedBy(tool)?.['custom'])).map(({ name }) => name)),
    wantsUsage: objectMember(carriedBy(request), 'stream_options')?.['include_usage'] === true,
  };
}
