import { fileURLToPath } from 'node:url';
import { generateProvider } from './generate-provider.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

try {
  process.stdout.write(`${generateProvider(process.argv.slice(2), ROOT)}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
