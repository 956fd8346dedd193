import { z } from 'zod';
import { headerMap } from './header-map.js';
import { hot } from './setting.js';
import { modelGlob, text } from './text-settings.js';

const MAX_RULES = 256;
const MAX_HEADERS = 128;

/** What is changed about the headers that go to vendors. Which names are allowed is judged in `check-header-rules.ts`. */
export const headerRulesSection = hot(
  z
    .array(
      z.strictObject({
        providers: z.array(modelGlob()).min(1).optional(),
        models: z.array(modelGlob()).min(1).optional(),
        allow: headerNames(),
        remove: headerNames(),
        set: headerMap().default({}),
      }),
    )
    .max(MAX_RULES)
    .default([]),
  'Headers of clients that also travel (allow) or do not (remove), and headers of yours (set), by globs over providers and models.',
  { asOneRow: true, secret: true },
);

function headerNames() {
  return z.array(text()).max(MAX_HEADERS).default([]);
}
