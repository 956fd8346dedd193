import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../workspace/root.js';
import { ERROR_REFERENCE_FILE, refreshErrorReference } from './error-reference.js';

describe('docs/errors.md', () => {
  it('has the tables that the catalogue makes; `npm run docs` writes them', () => {
    const page = readFileSync(join(ROOT, ERROR_REFERENCE_FILE), 'utf8');

    expect(page).toBe(refreshErrorReference(page));
  });
});
