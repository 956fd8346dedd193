import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type ReasoningOptions,
  type ResponseFormat,
} from '@sluice/core';
import { countMember, objectMember, textMember } from '@sluice/translator-kit';

const FORMAT: ReadonlySet<string> = new Set(['type', 'schema']);
const SAID: ReadonlySet<string> = new Set(['type', 'budget_tokens', 'display']);

export interface DecodedThinking {
  readonly reasoning?: ReasoningOptions;
  readonly responseFormat?: ResponseFormat;
  /** `thinking` and `output_config` as far as the canonical model cannot say them. */
  readonly left: JsonObject;
  /** The part of `output_config` that it says, but not where it stood. */
  readonly said?: JsonObject;
}

const MODES: ReadonlyMap<string | undefined, ReasoningOptions['mode']> = new Map([
  ['enabled', 'on'],
  ['adaptive', 'adaptive'],
  ['disabled', 'off'],
  ['between_tools', 'off'], // newest models only; elsewhere it means disabled
]);

const SHOWS: ReadonlyMap<string | undefined, NonNullable<ReasoningOptions['show']>> = new Map([
  ['summarized', 'summary'],
  ['omitted', 'none'],
]);

/**
 * `thinking`, `output_config` and the older `output_format`. An effort that stands without `thinking` also stays in
 * `output_config`: it then says how hard to try, not whether to think, and only this format makes that difference.
 * @see https://platform.claude.com/docs/en/build-with-claude/adaptive-thinking
 */
export function decodeThinking(body: JsonObject): DecodedThinking {
  const thinking = objectMember(body, 'thinking');
  const config = objectMember(body, 'output_config');
  const effort = textMember(config, 'effort');
  const mode = MODES.get(textMember(thinking, 'type'));
  const responseFormat = decodeFormat(objectMember(config, 'format') ?? objectMember(body, 'output_format'));
  const reasoning = mode === undefined ? effortAlone(effort) : reasoningOf(thinking, mode, effort);
  const left: Record<string, JsonValue> = {};
  if (thinking !== undefined && !isWhollySaid(thinking)) left['thinking'] = thinking;
  const configLeft = configRest(config, isWholeFormat(objectMember(config, 'format')));
  const isEffortAlone = thinking === undefined && effort !== undefined;
  if (configLeft !== undefined) left['output_config'] = configLeft;
  const older = body['output_format'];
  if (isJsonObject(older) && !isWholeFormat(older)) left['output_format'] = older;
  return {
    ...(reasoning === undefined ? {} : { reasoning }),
    ...(responseFormat === undefined ? {} : { responseFormat }),
    left,
    ...(isEffortAlone && { said: { output_config: { effort } } }),
  };
}

function effortAlone(effort: string | undefined): ReasoningOptions | undefined {
  return effort === undefined ? undefined : { mode: 'adaptive', effort };
}

function reasoningOf(
  thinking: JsonObject | undefined,
  mode: ReasoningOptions['mode'],
  effort?: string,
): ReasoningOptions {
  const budgetTokens = countMember(thinking, 'budget_tokens');
  const show = SHOWS.get(textMember(thinking, 'display'));
  return {
    mode,
    ...(effort === undefined ? {} : { effort }),
    ...(budgetTokens === undefined ? {} : { budgetTokens }),
    ...(show === undefined ? {} : { show }),
  };
}

/** Whether the canonical options say everything that stood in `thinking`. */
function isWhollySaid(thinking: JsonObject): boolean {
  const type = textMember(thinking, 'type');
  const display = thinking['display'];
  const isShowSaid = display === undefined || SHOWS.has(textMember(thinking, 'display'));
  return (
    type !== 'between_tools' && MODES.has(type) && isShowSaid && Object.keys(thinking).every((name) => SAID.has(name))
  );
}

function configRest(config: JsonObject | undefined, isFormatSaid: boolean): JsonObject | undefined {
  if (config === undefined) return undefined;
  const { effort, format, ...rest } = config;
  const left: JsonObject = {
    ...rest,
    ...(effort === undefined || typeof effort === 'string' ? {} : { effort }),
    ...(format === undefined || isFormatSaid ? {} : { format }),
  };
  return Object.keys(left).length === 0 ? undefined : left;
}

/** Whether the canonical format says everything that stood in `format`. */
function isWholeFormat(format: JsonObject | undefined): boolean {
  return decodeFormat(format) !== undefined && Object.keys(format ?? {}).every((name) => FORMAT.has(name));
}

/** Answers of this kind always keep to their schema, which other vendors call strict. */
function decodeFormat(format: JsonObject | undefined): ResponseFormat | undefined {
  const schema = objectMember(format, 'schema');
  if (format?.['type'] !== 'json_schema' || schema === undefined) return undefined;
  return { type: 'json-schema', schema, strict: true };
}
