import type { Extensions } from '@sluice/core';

/** Both bags in one, format by format; of two members with one name the later wins. Undefined when both are. */
export function mergeExtensions(
  earlier: Extensions | undefined,
  later: Extensions | undefined,
): Extensions | undefined {
  if (earlier === undefined) return later;
  if (later === undefined) return earlier;
  const merged: Extensions = { ...earlier };
  for (const [format, members] of Object.entries(later)) merged[format] = { ...merged[format], ...members };
  return merged;
}
