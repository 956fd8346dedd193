import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describeConfiguration } from '@sluice/config';
import { readDescriptors } from '@sluice/gateway';
import { configurationOf, loadText } from './docs/load-text.js';
import { ROOT } from './workspace/root.js';
import { trackedFiles } from './workspace/tracked-files.js';

const EXAMPLE_FILE = 'sluice.example.yaml';
const EXAMPLE = readFileSync(join(ROOT, EXAMPLE_FILE), 'utf8');
const LOCAL_LINK = /\]\((?!https?:|#|mailto:)([^)#\s]+)/g;

/** Documents that people read; recorded traffic is none. */
const DOCUMENTS = trackedFiles().filter((file) => file.endsWith('.md') && !file.includes('__fixtures__'));

function brokenLinks(document: string): readonly string[] {
  const text = readFileSync(join(ROOT, document), 'utf8');
  const targets = [...text.matchAll(LOCAL_LINK)].map(([, target = '']) => target);
  return targets.filter((target) => !existsSync(join(ROOT, dirname(document), target)));
}

describe('documents', () => {
  it('include the README and the pages that it leads to', () => {
    expect(DOCUMENTS).toEqual(expect.arrayContaining(['README.md', 'docs/architecture.md', 'docs/configuration.md']));
  });

  it.each(DOCUMENTS)('%s links only to files that exist', (document) => {
    expect(brokenLinks(document)).toEqual([]);
  });
});

describe('README.md', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Readonly<Record<string, string>>;
  };

  it('has a configuration that loads', async () => {
    const [, text = ''] = /```yaml\n(.*?)```/s.exec(readme) ?? [];

    expect(text).toContain('accounts:');
    expect(await loadText(text, await readDescriptors())).toEqual({ problems: [], warnings: [] });
  });

  it('names only scripts that there are', () => {
    const named = [...readme.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name);

    expect(named).not.toEqual([]);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
  });
});

describe(EXAMPLE_FILE, () => {
  /** With every setting at rest (`#port: 8000`) brought to life. */
  const whole = EXAMPLE.replaceAll(/^( *)#(?=[a-z])/gm, '$1');

  it.each([
    ['as it stands', EXAMPLE],
    ['with every setting brought to life', whole],
  ])('loads with the providers that we ship, %s', async (_case, text) => {
    const { problems, warnings } = await loadText(text, await readDescriptors());

    expect(problems).toEqual([]);
    // what belongs to the control plane is shown, and said to do nothing yet
    expect(warnings.filter((warning) => !warning.includes('has no effect in this version'))).toEqual([]);
  });

  it('shows every setting that there is, and says whose it is', async () => {
    const settings = describeConfiguration(await readDescriptors());

    const missing = settings.filter(({ path, provider }) => !showing(path, provider).test(EXAMPLE));

    expect(missing.map(({ path, provider }) => `${path} ${provider ?? ''}`)).toEqual([]);
  });

  it('gives settings at rest their defaults', async () => {
    const providers = await readDescriptors();
    const live = await configurationOf(EXAMPLE, providers);
    const brought = await configurationOf(whole, providers);

    expect(live).toBeDefined();

    expect(brought?.retry).toEqual(live?.retry);
    expect(brought?.upstream.timeouts).toEqual(live?.upstream.timeouts);
    expect(brought?.server.maxBodyBytes).toBe(live?.server.maxBodyBytes);
    expect(brought?.server.drainTimeoutMs).toBe(live?.server.drainTimeoutMs);
  });

  it('names every environment variable of a setting', async () => {
    const variables = describeConfiguration(await readDescriptors()).flatMap(({ environment }) => environment ?? []);

    expect(variables.filter((name) => !EXAMPLE.includes(name))).toEqual([]);
  });
});

/** A line with the member, at rest or not; a provider's own member stands below a comment that names the provider. */
function showing(path: string, provider: string | undefined): RegExp {
  const member = path.slice(path.lastIndexOf('.') + 1);
  const line = `^[ -]*#?${member}:`;
  return new RegExp(provider === undefined ? line : `^ *# ${provider}:.*\\n(?: *#.*\\n)*?${line}`, 'm');
}
