import { hashDigits } from '@sluice/translator-kit';
import type { ChatDialect } from '../dialect.js';

const SHORT_ID = /^[a-zA-Z0-9]{9}$/;
const SHORT_ID_CHARS = 9;

/**
 * The id of a call or of its result as the vendor takes it; the same for both, whatever stands between them.
 * @see https://docs.mistral.ai/capabilities/function_calling
 */
export function toolId(id: string, { shortToolIds }: ChatDialect): string {
  return shortToolIds && !SHORT_ID.test(id) ? hashDigits(id, SHORT_ID_CHARS) : id;
}
