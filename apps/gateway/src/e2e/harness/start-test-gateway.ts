import type { JsonObject } from '@sluice/core';
import { formatProblem } from '@sluice/config';
import { startMockUpstream, type MockUpstream } from '@sluice/mock-upstream';
import { createGateway, type Gateway, type GatewayOptions } from '../../create-gateway.js';
import { loadGatewayConfiguration } from '../../load-gateway-configuration.js';
import { assertCleanLog, assertSettledOnce } from './after-test-checks.js';
import { ExchangeLedger } from './exchange-ledger.js';
import { singleAccounts, testConfiguration } from './test-configuration.js';

const CONFIGURATION_FILE = 'sluice.json';

/** A gateway that listens on a real socket, with two scripted vendors behind it. */
export interface TestGateway {
  readonly url: string;
  readonly gateway: Gateway;
  readonly vendor: MockUpstream;
  readonly spare: MockUpstream;
  readonly ledger: ExchangeLedger;
  /** The log so far, a JSON object per line. */
  readonly log: readonly string[];
  /** The lines of the log with this message. */
  logged(message: string): readonly JsonObject[];
  /** Puts a configuration in force: the sections of {@link testConfiguration}, by default one account per format. */
  configure(sections?: JsonObject): Promise<void>;
  /** To be called after every test: what must hold whatever the test did. Makes ready for the next one. */
  checkAfterTest(): Promise<void>;
  stop(): Promise<void>;
}

export async function startTestGateway(options: Pick<GatewayOptions, 'plugins'> = {}): Promise<TestGateway> {
  const log: string[] = [];
  const [vendor, spare] = await Promise.all([startMockUpstream(), startMockUpstream()]);
  const gateway = await createGateway({
    ...options,
    telemetry: { level: 'debug', destination: { write: (line: string) => void log.push(line) } },
  });
  const ledger = ExchangeLedger.listenIn(gateway.app);
  const configure = async (sections: JsonObject = {}): Promise<void> => {
    const text = JSON.stringify(testConfiguration({ accounts: singleAccounts(vendor.url), ...sections }));
    await apply(gateway, text);
  };
  await configure();
  const { host, port } = await gateway.listen({ host: '127.0.0.1', port: 0 });

  return {
    url: `http://${host}:${port}`,
    gateway,
    vendor,
    spare,
    ledger,
    log,
    logged: (message) => log.map((line) => JSON.parse(line) as JsonObject).filter((line) => line['msg'] === message),
    configure,
    checkAfterTest: async () => {
      await ledger.allSettled();
      await Promise.all([vendor, spare].map((mock) => mock.waitUntil(() => mock.activeRequests === 0)));
      assertSettledOnce(ledger);
      assertCleanLog(log);
      ledger.forget();
      log.length = 0;
      vendor.reset();
      spare.reset();
    },
    stop: async () => {
      await gateway.stop(0);
      await Promise.all([vendor.stop(), spare.stop()]);
    },
  };
}

async function apply(gateway: Gateway, text: string): Promise<void> {
  const loaded = await loadGatewayConfiguration({
    file: CONFIGURATION_FILE,
    env: {},
    providers: gateway.descriptors,
    readFile: (path) => Promise.resolve(path === CONFIGURATION_FILE ? text : undefined),
  });
  if (!loaded.ok) throw new Error(loaded.problems.map(formatProblem).join('\n'));
  gateway.apply(loaded.snapshot);
}
