import { join } from 'node:path';
import { nameProvider } from './provider-name.js';
import { renderProvider } from './provider-templates.js';
import { writeNewFiles } from './write-new-files.js';

const USAGE = 'Usage: npm run generate:provider -- <id> <base URL>, as in acme-cloud https://api.acme.example/v1';
const PROVIDERS = 'libs/providers/src';
const PLUGIN_LIST = 'libs/distribution/src/plugin-modules.ts';

/**
 * Writes the folder of a new provider.
 * @param args `<id> <base URL>` @param root the repository
 * @returns what is left to do, for the terminal
 * @throws Error that says what is wrong with the arguments, or that the folder exists
 */
export function generateProvider(args: readonly string[], root: string): string {
  const [id, baseUrl, ...rest] = args;
  if (id === undefined || baseUrl === undefined || rest.length > 0) throw new Error(USAGE);
  if (!isHttpUrl(baseUrl)) throw new Error(`"${baseUrl}" is no address of an API. ${USAGE}`);

  const name = nameProvider(id);
  const folder = `${PROVIDERS}/${id}`;
  const files = renderProvider({ ...name, baseUrl });
  writeNewFiles(join(root, folder), files);

  const moduleName = `${name.className}ProviderModule`;
  return [
    ...[...files.keys()].map((file) => `wrote ${folder}/${file}`),
    '',
    `Ship it: two lines in ${PLUGIN_LIST}`,
    `  import { ${moduleName} } from '@sluice/providers/${id}';`,
    `  ${moduleName}, // in PLUGIN_MODULES, among the providers`,
    '',
    `Then put the vendor's own answers into ${folder}/${id}.provider.spec.ts, its settings into sluice.example.yaml,`,
    'and run npm test, npm run check, npm run docs.',
  ].join('\n');
}

function isHttpUrl(text: string): boolean {
  return /^https?:\/\/[\w.:-]+[\w./~-]*$/.test(text) && URL.canParse(text);
}
