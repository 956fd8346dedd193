import type { JsonObject } from '@sluice/core';
import { encodeMessage, inferHeaders } from '@sluice/event-stream';
import { startTestGateway, type TestGateway } from '../harness/start-test-gateway.js';
import { VENDOR_KEY, type TestFormat } from '../harness/test-configuration.js';
import type { AskMode } from './directions.js';
import { readAs } from './read-as.js';

/** Takes both ways of being asked: members of its own and tags. */
const MODEL = 'claude-opus-4-8-thinking';

const MODES = ['auto', 'native', 'tags', 'off'] as const;
const HANDLINGS = ['as_reasoning_content', 'remove', 'pass', 'strip_tags'] as const;
const CLIENTS: readonly TestFormat[] = ['openai-chat', 'anthropic-messages'];
const ASKED: readonly AskMode[] = ['stream', 'whole'];

type Mode = (typeof MODES)[number];
type Handling = (typeof HANDLINGS)[number];

/** How the model thinks in each mode: as the vendor's own events, in tags, or not. */
const THINKS: Readonly<Record<Mode, 'natively' | 'in tags' | 'never'>> = {
  auto: 'natively',
  native: 'natively',
  tags: 'in tags',
  off: 'never',
};

const frame = (event: string, payload: JsonObject): Buffer =>
  encodeMessage({
    typedHeaders: inferHeaders({
      ':event-type': event,
      ':content-type': 'application/json',
      ':message-type': 'event',
    }),
    payload: Buffer.from(JSON.stringify(payload)),
  });

const THOUGHTS: Readonly<Record<'natively' | 'in tags' | 'never', readonly Buffer[]>> = {
  natively: [
    frame('reasoningContentEvent', { text: 'two ' }),
    frame('reasoningContentEvent', { text: 'and two', signature: 'sig' }),
  ],
  'in tags': [
    frame('assistantResponseEvent', { content: '<thinking>two ' }),
    frame('assistantResponseEvent', { content: 'and two</thinking>\n\n' }),
  ],
  never: [],
};

const answerOf = (mode: Mode): readonly Buffer[] => [
  ...THOUGHTS[THINKS[mode]],
  frame('assistantResponseEvent', { content: 'Four.' }),
  frame('contextUsageEvent', { contextUsagePercentage: 1 }),
];

/** What the client's SDK has where the model thought. The same for both formats: each has a place for reasoning. */
const SHOWN: Readonly<Record<Handling, { readonly text: string; readonly reasoning: string }>> = {
  as_reasoning_content: { text: 'Four.', reasoning: 'two and two' },
  remove: { text: 'Four.', reasoning: '' },
  pass: { text: '<thinking>two and two</thinking>\n\nFour.', reasoning: '' },
  strip_tags: { text: 'two and two\n\nFour.', reasoning: '' },
};

const CELLS = MODES.flatMap((mode) =>
  HANDLINGS.flatMap((handling) =>
    CLIENTS.flatMap((client) =>
      ASKED.map((asked) => ({
        mode,
        handling,
        client,
        asked,
        shown: {
          ...(mode === 'off' ? { text: 'Four.', reasoning: '' } : SHOWN[handling]),
          signature: hasProof(mode, handling, client) ? 'sig' : undefined,
        },
      })),
    ),
  ),
);

/** Only the vendor's own reasoning has a proof, and only Anthropic's clients have a place for it. */
function hasProof(mode: Mode, handling: Handling, client: TestFormat): boolean {
  return THINKS[mode] === 'natively' && handling === 'as_reasoning_content' && client === 'anthropic-messages';
}

describe('reasoning of a Kiro account', () => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
    const accounts = MODES.flatMap((mode) =>
      HANDLINGS.map((handling) => ({
        id: `${mode}-${handling}`,
        provider: 'kiro',
        accessToken: VENDOR_KEY,
        endpoints: { inference: test.vendor.url },
        models: [MODEL],
        cooldown: { enabled: false },
        reasoning: { mode, handling },
      })),
    );
    await test.configure({ accounts });
  });
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  it.each(CELLS)(
    'in the mode $mode, handled as $handling, reaches $client ($asked)',
    async ({ mode, handling, client, asked, shown }) => {
      const headers = { 'content-type': 'application/vnd.amazon.eventstream' };
      test.vendor.next({ replay: { status: 200, headers, chunks: answerOf(mode) } });

      const answer = await readAs(client, test.url, `${mode}-${handling}/${MODEL}`, asked);

      expect(answer).toMatchObject({ ...shown, finish: 'stop', error: undefined });
      expect(askedIn(test.vendor.requests.at(-1)?.body.toString() ?? '')).toBe(THINKS[mode]);
    },
  );
});

/** How a request asks the model to think. */
function askedIn(body: string): string {
  if (body.includes('"output_config":{"effort":"high"}')) return 'natively';
  return body.includes('<thinking_mode>enabled</thinking_mode>') ? 'in tags' : 'never';
}
