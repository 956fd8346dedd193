import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readDescriptors } from '@sluice/gateway';
import { ROOT } from '../workspace/root.js';
import { REFERENCE_FILE, refreshReference } from './configuration-reference.js';
import { ERROR_REFERENCE_FILE, refreshErrorReference } from './error-reference.js';

const providers = await readDescriptors();
await refresh(REFERENCE_FILE, (page) => refreshReference(page, providers));
await refresh(ERROR_REFERENCE_FILE, refreshErrorReference);

async function refresh(name: string, refreshed: (page: string) => string): Promise<void> {
  const file = join(ROOT, name);
  const page = await readFile(file, 'utf8');
  const fresh = refreshed(page);
  await writeFile(file, fresh);
  process.stdout.write(`${name} ${fresh === page ? 'was up to date' : 'is written'}.\n`);
}
