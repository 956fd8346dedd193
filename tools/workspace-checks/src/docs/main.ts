import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readDescriptors } from '@sluice/gateway';
import { ROOT } from '../workspace/root.js';
import { REFERENCE_FILE, refreshReference } from './configuration-reference.js';

const file = join(ROOT, REFERENCE_FILE);
const page = await readFile(file, 'utf8');
const fresh = refreshReference(page, await readDescriptors());
await writeFile(file, fresh);
process.stdout.write(`${REFERENCE_FILE} ${fresh === page ? 'was up to date' : 'is written'}.\n`);
