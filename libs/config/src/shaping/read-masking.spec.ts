import { configurationOf, linesOf, loadText } from '../__fixtures__/load-text.js';
import { SAMPLE_PROVIDERS } from '../__fixtures__/sample-providers.js';
import { buildSnapshot } from '../build-snapshot.js';
import { describeConfiguration } from '../declaration/describe-configuration.js';

const OPEN = 'server: { allowUnauthenticated: true }\n';
const KEY = 'encryptionKey: a-key-of-this-spec\n';
const account = (members: string): string => `accounts: [{ id: a, provider: openai, apiKey: k, ${members} }]\n`;
const snapshotOf = async (text: string) => buildSnapshot(await configurationOf(OPEN + text), SAMPLE_PROVIDERS, 1);
const forAll = (words: readonly unknown[]): string => `upstream: { maskedWords: ${JSON.stringify(words)} }\n`;

describe('masked words', () => {
  it('are those of all accounts and those of each', async () => {
    const { accounts, settings } = await snapshotOf(forAll(['Acme Corp']) + account("maskedWords: ['Project Heron']"));

    expect(settings.masking).toEqual({ words: ['Acme Corp'] });
    expect(accounts[0]?.maskedWords).toEqual(['Project Heron']);
  });

  it('are absent where none are declared', async () => {
    const { accounts, settings } = await snapshotOf(KEY + account('maskedWords: []'));

    expect(settings.masking).toBeUndefined();
    expect(accounts[0]?.maskedWords).toBeUndefined();
  });

  it('have a key of their own where there is an encryption key, also for one account alone', async () => {
    const { settings } = await snapshotOf(KEY + account('maskedWords: [heron]'));
    const again = await snapshotOf(KEY + account('maskedWords: [crane]'));
    const other = await snapshotOf('encryptionKey: another\n' + account('maskedWords: [heron]'));

    expect(settings.masking).toEqual({ words: [], key: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
    expect(again.settings.masking).toEqual(settings.masking);
    expect(other.settings.masking?.key).not.toBe(settings.masking?.key);
  });

  it.each<[what: string, words: readonly unknown[], place: string, message: string]>([
    ['a single letter', ['a'], '[0]', 'must have 2 to 200 characters'],
    ['a page', ['ok', 'x'.repeat(201)], '[1]', 'must have 2 to 200 characters'],
    ['stray blanks', ['acme '], '[0]', 'begins or ends with white space'],
    ['what placeholders begin with', ['Ask'], '[0]', 'is a part of MASK_'],
    ['a dictionary', Array.from({ length: 1_001 }, (_, index) => `word ${index}`), '', 'has more than 1000 words'],
    ['a number', [4711], '[0]', 'must not be a number'],
  ])('cannot be %s', async (_what, words, place, message) => {
    const [line, ...others] = await linesOf(OPEN + forAll(words));

    expect(others).toEqual([]);
    expect(line).toContain(`upstream.maskedWords${place} ${message}`);
  });

  it('take a thousand words of two hundred characters', async () => {
    const words = Array.from({ length: 1_000 }, (_, index) => String(index).padStart(200, 'x'));

    expect(await linesOf(OPEN + forAll(words))).toEqual([]);
  });

  it.each([
    ['upstream.maskedWords', forAll(['acme'])],
    ['accounts[0].maskedWords', account('maskedWords: [acme]')],
  ])('warn of the missing encryption key, at %s, without a word', async (place, text) => {
    const warnings = async (whole: string) => {
      const outcome = await loadText(whole);
      return outcome.ok ? outcome.warnings.filter(({ message }) => message.includes('encryptionKey')) : undefined;
    };

    const [warning, ...others] = (await warnings(OPEN + text)) ?? [];

    expect(others).toEqual([]);
    expect(warning?.path).toBe(place);
    expect(JSON.stringify(warning)).not.toContain('acme');
    expect(await warnings(OPEN + KEY + text)).toEqual([]);
  });

  it('are hot, and secret wherever settings are shown', () => {
    const rows = describeConfiguration(SAMPLE_PROVIDERS).filter(({ path }) => path.endsWith('maskedWords'));

    expect(rows).toMatchObject([
      { path: 'accounts[].maskedWords', secret: true, hot: true },
      { path: 'upstream.maskedWords', secret: true, hot: true },
    ]);
  });
});
