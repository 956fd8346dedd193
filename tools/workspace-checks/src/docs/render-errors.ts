import type { GatewayErrorRow } from '@sluice/core';
import { renderTable } from './markdown-table.js';

/** One row per kind of failure: what it is and what to do. @param errors by kind */
export function renderErrors(errors: Readonly<Record<string, GatewayErrorRow>>): string {
  const rows = Object.entries(errors).map(([kind, { status, fromUpstream, retryAfter, meaning, advice }]) => [
    code(kind),
    fromUpstream ? `${status}, or the vendor's` : `${status}`,
    retryAfter ? 'yes' : 'no',
    meaning,
    advice,
  ]);
  return renderTable(['kind', 'HTTP', '`retry-after`', 'what it is', 'what to do'], rows);
}

/** One row per kind of failure: how each format's clients read it, and the control plane's. @param errors by kind */
export function renderErrorWords(errors: Readonly<Record<string, GatewayErrorRow>>): string {
  const rows = Object.entries(errors).map(
    ([kind, { openAi, openAiCode = kind, anthropic, google, controlType = kind }]) =>
      [kind, openAi, openAiCode, anthropic, google, controlType].map(code),
  );
  return renderTable(
    ['kind', 'OpenAI `type`', 'OpenAI `code`', 'Anthropic `type`', 'Gemini `status`', 'control plane'],
    rows,
  );
}

function code(text: string): string {
  return `\`${text}\``;
}
