import type { BlockStart, CanonicalEvent, JsonObject } from '@sluice/core';
import type { Emit } from '@sluice/streaming';
import { carryUnknown, extensionsOf, objectMember, textMember } from '@sluice/translator-kit';
import { isServerToolType, toolOfServerBlock } from '../request/decode-server-tool.js';
import type { CallRestorer } from './restore-calls.js';

const TEXT: ReadonlySet<string> = new Set(['type', 'text']);
const THINKING: ReadonlySet<string> = new Set(['type', 'thinking', 'signature']);
const REDACTED: ReadonlySet<string> = new Set(['type', 'data']);
const TOOL_USE: ReadonlySet<string> = new Set(['type', 'id', 'name', 'input']);
const INPUT: ReadonlySet<string> = new Set(['input']);

/** A block of the stream that has begun. */
export interface OpenBlock {
  readonly wireIndex: number;
  /** The canonical index; undefined for a block that only this format knows, whose events travel as they are. */
  readonly index: number | undefined;
  /** Whether it is a call of one of the client's tools. */
  readonly isCall: boolean;
  /** Arguments that came with the start: they count only when no delta brings any. */
  pendingInput: string;
}

export interface BlockOpening {
  readonly wireIndex: number;
  readonly index: number;
  readonly block: JsonObject;
  readonly model: string;
  readonly restorer: CallRestorer;
}

/**
 * Begins the block of a `content_block_start`. Text, thinking and calls open empty and grow; results and sealed thinking
 * arrive whole; some imitators of Anthropic send everything with the start.
 */
export function openBlock(opening: BlockOpening, emit: Emit<CanonicalEvent>): OpenBlock {
  const { block, wireIndex, index, model } = opening;
  const type = textMember(block, 'type') ?? '';
  const open: OpenBlock = { wireIndex, index, isCall: false, pendingInput: '' };
  switch (type) {
    case 'text':
      start({ type: 'text' }, carryUnknown(block, TEXT));
      grow(textMember(block, 'text'));
      return open;
    case 'thinking': {
      start({ type: 'reasoning' }, carryUnknown(block, THINKING));
      grow(textMember(block, 'thinking'));
      const value = textMember(block, 'signature');
      if (value !== undefined) emit({ type: 'block-mark', index, signature: { family: 'anthropic', value, model } });
      return open;
    }
    case 'redacted_thinking':
      start({ type: 'reasoning' }, carryUnknown(block, REDACTED));
      emit({ type: 'block-mark', index, redacted: textMember(block, 'data') ?? '' });
      return open;
    case 'tool_use': {
      const canonical = callStart(opening);
      start(canonical, carryUnknown(block, TOOL_USE));
      return { ...open, isCall: canonical.type === 'tool-call', pendingInput: inputOf(block) };
    }
    default:
      if (!isServerToolType(type)) return { ...open, index: undefined };
      start({ type: 'server-tool', ...toolOfServerBlock(block) }, carryUnknown(block, INPUT));
      return { ...open, pendingInput: inputOf(block) };
  }

  function start(canonical: BlockStart, rest: JsonObject | undefined): void {
    emit({ type: 'block-start', index, block: canonical, ...extensionsOf('anthropic-messages', rest) });
  }

  function grow(text: string | undefined): void {
    if (text !== undefined) emit({ type: 'block-delta', index, delta: text });
  }
}

function callStart({ block, restorer }: BlockOpening): BlockStart {
  const name = textMember(block, 'name') ?? '';
  if (restorer.isAnswer(name)) return { type: 'text' };
  return { type: 'tool-call', id: restorer.idOf(textMember(block, 'id') ?? ''), name: restorer.nameOf(name) };
}

/** Some imitators send the text of the input. */
function inputOf(block: JsonObject): string {
  const text = textMember(block, 'input');
  if (text !== undefined) return text;
  const input = objectMember(block, 'input');
  return input === undefined || Object.keys(input).length === 0 ? '' : JSON.stringify(input);
}
