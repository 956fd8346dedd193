import type { JsonObject, ToolChoice } from '@sluice/core';
import { carryUnknown, nestedMember, objectMember, textMember } from '@sluice/translator-kit';
import { inCamelCase } from '../member-names.js';

const CONFIG: ReadonlySet<string> = new Set([
  'functionCallingConfig',
  'retrievalConfig',
  'includeServerSideToolInvocations',
]);
const CONFIG_SAID: ReadonlySet<string> = new Set(['functionCallingConfig']);
const CALLING: ReadonlySet<string> = new Set(['mode', 'allowedFunctionNames', 'streamFunctionCallArguments']);
const MODE: ReadonlySet<string> = new Set(['mode']);
const MODE_AND_NAMES: ReadonlySet<string> = new Set(['mode', 'allowedFunctionNames']);

export interface DecodedToolConfig {
  readonly toolChoice?: ToolChoice;
  /** What the choice does not say, under the name `toolConfig`. */
  readonly carried?: JsonObject;
}

/** `toolConfig` as a choice. Several allowed names, and a mode without an equal, are carried beside the nearest one. */
export function decodeToolConfig(wire: JsonObject | undefined): DecodedToolConfig {
  if (wire === undefined) return {};
  const config = inCamelCase(wire, CONFIG);
  const calling = inCamelCase(objectMember(config, 'functionCallingConfig') ?? {}, CALLING);
  const { choice, known } = readChoice(calling);
  const rest = {
    ...carryUnknown(config, CONFIG_SAID),
    ...nestedMember('functionCallingConfig', carryUnknown(calling, known)),
  };
  return {
    ...(choice !== undefined && { toolChoice: choice }),
    ...(Object.keys(rest).length > 0 && { carried: { toolConfig: rest } }),
  };
}

interface ReadChoice {
  readonly choice?: ToolChoice;
  /** The members that it says. */
  readonly known: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();

function readChoice(calling: JsonObject): ReadChoice {
  switch (textMember(calling, 'mode')?.toUpperCase()) {
    case 'AUTO':
      return { choice: { mode: 'auto' }, known: MODE };
    case 'NONE':
      return { choice: { mode: 'none' }, known: MODE };
    case 'VALIDATED':
      return { choice: { mode: 'auto' }, known: NONE };
    case 'ANY': {
      const names = calling['allowedFunctionNames'];
      const [only] = Array.isArray(names) ? names : [];
      const isNamed = Array.isArray(names) && names.length === 1 && typeof only === 'string';
      return isNamed
        ? { choice: { mode: 'named', name: only }, known: MODE_AND_NAMES }
        : { choice: { mode: 'required' }, known: MODE };
    }
    default:
      return { known: NONE };
  }
}
