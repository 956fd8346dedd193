import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDescriptors } from '@sluice/gateway';
import { ROOT } from '../workspace/root.js';
import { loadText } from './load-text.js';
import { REFERENCE_FILE, refreshReference } from './configuration-reference.js';

const PAGE = readFileSync(join(ROOT, REFERENCE_FILE), 'utf8');
const EXAMPLES = [...PAGE.matchAll(/^### (.+?)\n[^#]*?^```yaml\n(.*?)^```/gms)].map(
  ([, title = '', text = '']) => [title, text] as const,
);

describe('docs/configuration.md', () => {
  it('has the tables that the declarations make; `npm run docs` writes them', async () => {
    expect(PAGE).toBe(refreshReference(PAGE, await readDescriptors()));
  });

  it('has three examples', () => {
    expect(EXAMPLES.map(([title]) => title)).toEqual([
      'One key, one laptop',
      'A team with a spare account and a local model',
      'In a container behind a load balancer',
    ]);
  });

  it.each(EXAMPLES)('has an example that loads without a warning: %s', async (_title, text) => {
    expect(await loadText(text, await readDescriptors())).toEqual({ problems: [], warnings: [] });
  });
});
