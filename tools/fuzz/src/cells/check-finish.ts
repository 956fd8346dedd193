import type { FinishReason } from '@sluice/core';
import { expectThat } from '../fuzz-fault.js';

/** The closed set, as values. */
const UNIFIED: Readonly<Record<FinishReason['unified'], true>> = {
  stop: true,
  length: true,
  'tool-calls': true,
  'content-filter': true,
  refusal: true,
  'context-window': true,
  pause: true,
  error: true,
  other: true,
};

/** @throws FuzzFault for a reason that encoders' tables do not have */
export function checkFinish({ unified }: FinishReason): void {
  expectThat(Object.hasOwn(UNIFIED, unified), 'a finish reason that nobody knows');
}
