import { z } from 'zod';
import { HEADER_NAME, TRANSPORT_HEADERS } from './header-names.js';

/** No control characters but the tab. RFC 9110 §5.5. */
const HEADER_VALUE = /^[^\x00-\x08\x0a-\x1f\x7f]*$/;

/** Header names (made lower case) and their values. */
export function headerMap() {
  return z
    .record(z.string(), z.string())
    .superRefine((headers, context) => {
      const seen = new Set<string>();
      for (const [name, value] of Object.entries(headers)) {
        const message = explainBadHeader(name, value, seen);
        if (message !== undefined) context.addIssue({ code: 'custom', path: [name], message });
        seen.add(name.toLowerCase());
      }
    })
    .transform((headers) =>
      Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    )
    .meta({ type: 'header names with text values' });
}

function explainBadHeader(name: string, value: string, seen: ReadonlySet<string>): string | undefined {
  if (!HEADER_NAME.test(name)) return 'is not the name of a header';
  if (TRANSPORT_HEADERS.has(name.toLowerCase())) return 'belongs to the connection and cannot be set';
  if (seen.has(name.toLowerCase())) return 'is given twice: upper and lower case do not matter';
  return HEADER_VALUE.test(value) ? undefined : 'has a line break or a control character in its value';
}
