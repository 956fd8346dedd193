/** A defect of gateways before this one, and the tests that would fail with it. Files from the root of the repository. */
export interface Defect {
  /** `proxy 7`, `platform 51`: the list and the number. */
  readonly id: `${'proxy' | 'platform'} ${number}`;
  readonly defect: string;
  /** A part of the title, as it is written in the file. */
  readonly shownBy: readonly { readonly file: string; readonly title: string }[];
}

/** How many defects are known of proxies that run on one machine, numbered from 1. */
export const PROXY_DEFECTS = 20;
/** Those of platforms with users of their own, as far as they are of correctness and of operation. */
export const PLATFORM_DEFECTS = { first: 18, last: 59 } as const;

const ROUTING = 'libs/routing/src/routing-defects.spec.ts';
const SELECTION = 'libs/accounts/src/selection-defects.spec.ts';
const LOOP = 'libs/dispatch/src/attempt-loop.spec.ts';
const E2E = 'apps/gateway/src/e2e/';
const REGRESSIONS = `${E2E}defects/regressions.spec.ts`;
const CHAOS = `${E2E}chaos/chaos.spec.ts`;

export const DEFECTS: readonly Defect[] = [
  {
    id: 'proxy 1',
    defect: 'An invalid file at the start opens the gate with defaults.',
    shownBy: [
      { file: 'libs/config/src/load-configuration.spec.ts', title: 'is refused without keys (%j)' },
      { file: 'libs/auth/src/authenticator.spec.ts', title: 'stays shut when the last key is gone: %j' },
    ],
  },
  {
    id: 'proxy 2',
    defect: 'Timeouts of the configuration are ignored.',
    shownBy: [{ file: CHAOS, title: 'waits for no vendor that is silent' }],
  },
  {
    id: 'proxy 3',
    defect: 'An account cannot be sent past the global proxy.',
    shownBy: [
      {
        file: 'libs/provider-kit/src/http/upstream-proxy.spec.ts',
        title: 'is used for every account when it is the global one, except for direct accounts',
      },
    ],
  },
  {
    id: 'proxy 4',
    defect: 'The order of vendors comes from a hash map.',
    shownBy: [{ file: ROUTING, title: 'asks the vendors of one model in the order of declaration, at every start' }],
  },
  {
    id: 'proxy 5',
    defect: 'Rounds go on when no account is left, and only sleep.',
    shownBy: [
      {
        file: `${E2E}fail-over.spec.ts`,
        title: 'is at most one call per account where nothing says that waiting helps',
      },
      { file: LOOP, title: 'asks the next account at once' },
      { file: LOOP, title: 'asks others at once where a vendor %s' },
    ],
  },
  {
    id: 'proxy 6',
    defect: 'What is wrong with the request is tried on every key.',
    shownBy: [
      { file: `${E2E}fail-over.spec.ts`, title: 'by %i is not replaced' },
      { file: 'libs/provider-kit/src/classify-failure.spec.ts', title: 'stops at every failure of our own making' },
      { file: SELECTION, title: 'makes nobody rest for a request that is wrong' },
      { file: REGRESSIONS, title: 'asks nobody else when it cannot bring a request into a vendor’s words' },
    ],
  },
  {
    id: 'proxy 7',
    defect: 'A limit of one model blocks the key, and only whole seconds are understood.',
    shownBy: [
      { file: SELECTION, title: 'for one model does not block the key’s other models' },
      { file: SELECTION, title: 'keeps fractions of a second of the vendor’s time' },
    ],
  },
  {
    id: 'proxy 8',
    defect: 'A relayed stream is cut between lines and inside characters, and its buffer has no bound.',
    shownBy: [
      { file: 'libs/streaming/src/sse/sse-laws.spec.ts', title: 'relays any bytes untouched, however they are cut' },
      { file: 'libs/streaming/src/sse/sse-parser.spec.ts', title: 'refuses a larger one, however it is cut' },
    ],
  },
  {
    id: 'proxy 9',
    defect: 'Usage is not captured, not asked for, or lost when the client leaves.',
    shownBy: [
      {
        file: `${E2E}pass-through-requests.spec.ts`,
        title: 'asks for usage where the vendor would not tell it otherwise',
      },
      { file: `${E2E}usage.spec.ts`, title: 'is what the vendor had said when the client left' },
    ],
  },
  {
    id: 'proxy 10',
    defect: 'What a login needs in the system prompt replaces the prompt of the client.',
    shownBy: [
      {
        file: 'libs/providers/src/anthropic/system-prefix.spec.ts',
        title: 'is never sent with a key, nor where the operator wrote none',
      },
    ],
  },
  {
    id: 'proxy 11',
    defect: 'Requests in the Responses format lead nowhere, or are streamed falsely.',
    shownBy: [
      { file: `${E2E}responses-route.spec.ts`, title: 'streams to the official SDK, with %s behind it' },
      { file: `${E2E}responses-route.spec.ts`, title: 'answers the official SDK, with %s behind it' },
    ],
  },
  {
    id: 'proxy 12',
    defect: 'A base address that ends in its version gets the version twice.',
    shownBy: [{ file: REGRESSIONS, title: 'asks an address that ends in “%s” under its version once' }],
  },
  {
    id: 'proxy 13',
    defect: 'Metrics and management are open, and keys are taken from every query.',
    shownBy: [
      { file: 'apps/gateway/src/metrics-access.spec.ts', title: 'keeps %s out' },
      { file: `${E2E}explain.spec.ts`, title: 'refuses %s' },
      { file: 'libs/auth/src/extract-client-keys.spec.ts', title: 'extractClientKeys' },
    ],
  },
  {
    id: 'proxy 16',
    defect: 'A file is read once to check it and once to load it.',
    shownBy: [
      { file: 'libs/config/src/load-configuration.spec.ts', title: 'reads the file and the .env beside it once each' },
    ],
  },
  {
    id: 'proxy 17',
    defect: 'A second instance empties the pid file before it finds out that there is a first one.',
    shownBy: [
      {
        file: 'apps/sluice/src/instance/instance-claim.spec.ts',
        title: 'is refused while another process has it, and leaves that one’s number alone',
      },
    ],
  },
  {
    id: 'proxy 18',
    defect: 'A forwarded address is believed from anybody.',
    shownBy: [
      { file: 'apps/gateway/src/metrics-access.spec.ts', title: 'behind a trusted proxy on this machine %s' },
      { file: 'apps/gateway/src/metrics-access.spec.ts', title: 'a stranger that claims to be here' },
    ],
  },
  {
    id: 'proxy 19',
    defect: 'A stop cuts streams off after a fixed second.',
    shownBy: [
      { file: `${E2E}graceful-stop.spec.ts`, title: 'lets a stream come to its end' },
      {
        file: `${E2E}graceful-stop.spec.ts`,
        title: 'ends a stream that takes longer with the format’s own error event',
      },
    ],
  },
  {
    id: 'platform 18',
    defect: 'Every request needs the login of one vendor, whoever serves it.',
    shownBy: [
      { file: REGRESSIONS, title: 'needs no account of another vendor ($format)' },
      { file: `${E2E}model-list.spec.ts`, title: 'lists what it can when a vendor does not answer' },
      {
        file: LOOP,
        title: 'asks the next account where there is no credential, and does not count that as a call',
      },
    ],
  },
  {
    id: 'platform 19',
    defect: 'Without that login nobody is let in.',
    shownBy: [{ file: REGRESSIONS, title: 'needs no account of another vendor ($format)' }],
  },
  {
    id: 'platform 22',
    defect: 'A login is sent as an API key.',
    shownBy: [
      {
        file: `${E2E}subscription-logins.spec.ts`,
        title: 'answers the official SDK with its renewed token alone, streaming: %s',
      },
    ],
  },
  {
    id: 'platform 23',
    defect: 'Any hiccup while a login is renewed deletes the account.',
    shownBy: [
      {
        file: 'libs/accounts/src/credential-source.spec.ts',
        title: 'uses it on when renewing fails with %s, and does not try again at once',
      },
      { file: LOOP, title: 'does not renew without end when renewing fails in passing' },
      { file: CHAOS, title: 'renews logins that are over before their time' },
    ],
  },
  {
    id: 'platform 24',
    defect: 'A login at Anthropic is renewed with a form where JSON is asked for.',
    shownBy: [
      { file: 'libs/providers/src/anthropic/login/log-in.spec.ts', title: 'in JSON, and is the same login after it' },
    ],
  },
  {
    id: 'platform 25',
    defect: 'Two accounts of one provider are taken for one.',
    shownBy: [
      { file: SELECTION, title: 'tells two accounts of one provider apart' },
      { file: LOOP, title: 'does not take the refused credential of one account for that of another' },
    ],
  },
  {
    id: 'platform 26',
    defect: 'An unknown name silently becomes a default model.',
    shownBy: [{ file: ROUTING, title: 'never turns an unknown name into a default model' }],
  },
  {
    id: 'platform 27',
    defect: 'A vendor’s names are rewritten, so that two models become one.',
    shownBy: [{ file: 'libs/routing/src/model-router.spec.ts', title: 'takes what its vendor lists' }],
  },
  {
    id: 'platform 28',
    defect: 'Two writers of the file of logins destroy each other’s data.',
    shownBy: [
      {
        file: 'libs/accounts/src/file-store/file-credential-store.spec.ts',
        title: 'hears of what another process has stored',
      },
    ],
  },
  {
    id: 'platform 30',
    defect: 'An excluded model is reached by another spelling or through another account.',
    shownBy: [
      { file: ROUTING, title: 'leaves an excluded model out by each of its spellings, also as a fallback' },
      { file: `${E2E}model-list.spec.ts`, title: 'tells a key of none that it may not use' },
    ],
  },
  {
    id: 'platform 36',
    defect: 'A stream in another format has blocks that overlap, or goes on behind its end.',
    shownBy: [
      {
        file: 'libs/translator-kit/src/machines/block-sequencer.spec.ts',
        title: 'puts two tool calls that take turns one after the other',
      },
      { file: CHAOS, title: 'gives a whole stream, or the part that came and one error' },
    ],
  },
  {
    id: 'platform 37',
    defect: 'The reader of streams dies of cut characters, or wants a blank behind the colon.',
    shownBy: [
      { file: 'libs/streaming/src/sse/sse-parser.spec.ts', title: 'decodes characters that are cut between chunks' },
      { file: 'libs/streaming/src/sse/sse-laws.spec.ts', title: 'reads any bytes as the specification says' },
    ],
  },
  {
    id: 'platform 38',
    defect: 'Usage is counted short: of streams, of broken ones, where nobody asked for it.',
    shownBy: [
      { file: `${E2E}usage.spec.ts`, title: 'is of the call that was answered, not of those before it' },
      { file: `${E2E}estimated-usage.spec.ts`, title: 'usage that the vendor does not report' },
    ],
  },
  {
    id: 'platform 40',
    defect: 'Translation loses content, tools, pictures and fields that it does not know.',
    shownBy: [{ file: `${E2E}translation/rows/rows.spec.ts`, title: 'are each shown by a test' }],
  },
  {
    id: 'platform 46',
    defect: 'A long stream is cut by a timeout over all of it.',
    shownBy: [{ file: REGRESSIONS, title: 'cuts no stream that goes on, however long it takes ($format)' }],
  },
  {
    id: 'platform 47',
    defect: 'Kiro’s frames of errors are ignored, and an error in a stream is answered with 200.',
    shownBy: [
      { file: REGRESSIONS, title: 'says in the status what a vendor says in its stream before anything else' },
      {
        file: 'libs/translators/src/kiro/answer/stream-decoder.spec.ts',
        title: 'tells the same however the bytes are cut (%s)',
      },
    ],
  },
  {
    id: 'platform 49',
    defect: 'The level of the log does not change while the gateway runs.',
    shownBy: [
      { file: 'libs/telemetry/src/logs/create-logger.spec.ts', title: 'changes with the next line' },
      { file: `${E2E}hot-reload.spec.ts`, title: 'with the level of the log' },
    ],
  },
  {
    id: 'platform 50',
    defect: 'What was cut in one conversation is told in another.',
    shownBy: [
      {
        file: 'libs/translators/src/kiro/request/note-cuts.spec.ts',
        title: 'is told to the model behind the user’s words',
      },
    ],
  },
  {
    id: 'platform 51',
    defect:
      'Only a 429 goes on to another account, the last one is not marked, and the time to come back is a constant.',
    shownBy: [
      { file: SELECTION, title: 'fails over also when an account is %s' },
      { file: SELECTION, title: 'marks every account that fails, also the last one' },
      { file: SELECTION, title: 'ends at a true time, not at a constant one' },
      { file: `${E2E}fail-over.spec.ts`, title: 'spares an account that cools down, and says when it is back' },
    ],
  },
  {
    id: 'platform 52',
    defect: 'A code that has run out, or was refused, is answered as a failure of the gateway.',
    shownBy: [
      { file: 'libs/providers/src/kiro/login/flows/log-in.spec.ts', title: 'the code runs out' },
      { file: 'libs/providers/src/kiro/login/flows/log-in.spec.ts', title: 'the person says no' },
    ],
  },
  {
    id: 'platform 55',
    defect: 'No metric is ever recorded.',
    shownBy: [
      { file: 'libs/telemetry/src/metrics/gateway-metrics.spec.ts', title: 'is counted in every metric it concerns' },
    ],
  },
];

/** Defects that cannot come up yet. */
export const NOT_APPLICABLE: readonly {
  readonly ids: readonly Defect['id'][];
  readonly reason: string;
  /** What makes them come up once it is there. */
  readonly until: string;
}[] = [
  { ids: ['proxy 14', 'proxy 15'], reason: 'Pages for operators: there are none.', until: 'apps/web' },
  { ids: ['proxy 20'], reason: 'Answers are not cached.', until: 'libs/response-cache' },
  {
    ids: ['platform 20', 'platform 21', 'platform 29', 'platform 45', 'platform 54', 'platform 59'],
    reason: 'Users, their sessions, and the models that administrators keep: the control plane is not there.',
    until: 'apps/admin-api',
  },
  {
    ids: ['platform 31', 'platform 32', 'platform 33', 'platform 34', 'platform 35'],
    reason: 'Content rules: nothing is checked.',
    until: 'libs/guardrails/src/rule-engine.ts',
  },
  { ids: ['platform 39'], reason: 'Calls have no price.', until: 'libs/usage/src/price-table.ts' },
  {
    ids: ['platform 41', 'platform 42', 'platform 43', 'platform 44', 'platform 53', 'platform 56', 'platform 58'],
    reason: 'Nothing is kept in a database, and no state is shared between replicas.',
    until: 'libs/persistence',
  },
  { ids: ['platform 48'], reason: 'Requests are not captured.', until: 'libs/telemetry/src/capture' },
  {
    ids: ['platform 57'],
    reason: 'The bench is built and its parts are tested with everything else; nobody runs it on every change.',
    until: '.github/workflows',
  },
];
