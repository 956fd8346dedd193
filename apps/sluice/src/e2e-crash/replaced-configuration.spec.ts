import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { directoryWith, outcomeOf, sluice, START_TIMEOUT_MS } from '../__fixtures__/sluice-process.js';
import { BUILT, killGateway, startGateway, type GatewayProcess } from './__fixtures__/gateway-process.js';

const FILE = 'sluice.json';
/** How often the models are asked for while the configuration changes. */
const LOOKS = 25;

const OLD = ['a-old', 'b-old', 'c-old'];
const NEW = ['a-new', 'b-new', 'c-new'];

/** An account for each model. */
function configurationOf(models: readonly string[]): string {
  const accounts = models.map((model) => ({ id: model, provider: 'openai', apiKey: 'k', models: [model] }));
  return JSON.stringify({ server: { allowUnauthenticated: true }, accounts }, undefined, 2);
}

beforeAll(async () => {
  await outcomeOf(sluice(['run', '--help'], directoryWith()));
}, START_TIMEOUT_MS);

describe('a gateway that is killed while its configuration is replaced', () => {
  let directory: string;
  let gateway: GatewayProcess | undefined;

  beforeEach(() => {
    directory = directoryWith({ [FILE]: configurationOf(OLD) });
  });

  afterEach(async () => {
    if (gateway !== undefined) await killGateway(gateway);
    gateway = undefined;
    rmSync(directory, { recursive: true });
  });

  const file = (): string => join(directory, FILE);
  async function models(url: string): Promise<string[] | undefined> {
    const reply = await fetch(`${url}/v1/models`).catch(() => undefined);
    if (reply === undefined) return undefined;
    const { data } = (await reply.json()) as { data: { id: string }[] };
    return data.map(({ id }) => id).sort();
  }

  it(
    'serves the old or the new one, in every life and at every moment, and never a mixture',
    async () => {
      gateway = await startGateway(directory);
      writeFileSync(`${file()}.new`, configurationOf(NEW).slice(0, 100)); // whoever writes it has come so far
      await killGateway(gateway);

      gateway = await startGateway(directory);
      const { url } = gateway;
      expect(await models(url)).toEqual(OLD);
      writeFileSync(`${file()}.new`, configurationOf(NEW));
      renameSync(`${file()}.new`, file());
      gateway.child.kill('SIGHUP');
      const seen = await Promise.all(Array.from({ length: LOOKS }, () => models(url)));
      await killGateway(gateway);
      for (const list of seen) expect([OLD, NEW, undefined]).toContainEqual(list);
      expect(seen.some((list) => list !== undefined)).toBe(true);

      gateway = await startGateway(directory);
      expect(await models(gateway.url)).toEqual(NEW);
    },
    START_TIMEOUT_MS,
  );

  it.each([
    ['half a file', (whole: string) => whole.slice(0, whole.length / 2), /sluice\.json:\d+:\d+: /],
    ['an empty file', () => '', /sluice\.json: .*apiKeys/],
  ])(
    'refuses %s in its next life with 2 and where it is wrong',
    async (_name, broken, lines) => {
      writeFileSync(file(), broken(readFileSync(file(), 'utf8')));

      const starting = sluice(['run', '--config', FILE, '--no-database', '--port', '0'], directory, BUILT);
      const { code, output } = await outcomeOf(starting);

      expect(output).toMatch(lines);
      expect(output).not.toMatch(/ {4}at /);
      expect(code).toBe(2);
    },
    START_TIMEOUT_MS,
  );
});
