import { setImmediate as turn } from 'node:timers/promises';
import { FORMAT_CLIENTS } from '../harness/format-client.js';
import { startTestGateway, type TestGateway } from '../harness/start-test-gateway.js';

/** Streams that end at both ends; each client leaves so many turns of the event loop after the first text as its number says. */
const STREAMS = 24;

describe.each(FORMAT_CLIENTS)('a stream that the vendor breaks off while the client leaves ($format)', (client) => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
  });
  afterAll(() => test.stop());

  it('is settled and its usage recorded exactly once, whoever was faster', async () => {
    const broken = { chunks: 50, resetAfterChunks: 2, chunkDelayMs: 1 };
    test.vendor.script(Array.from({ length: STREAMS }, () => broken));

    await Promise.all(
      Array.from({ length: STREAMS }, async (_item, number) => {
        const abort = new AbortController();
        const leave = async (): Promise<void> => {
          for (let turns = 0; turns < number; turns += 1) await turn();
          abort.abort();
        };
        let leaving: Promise<void> | undefined;
        await client.stream(test.url, { signal: abort.signal, onText: () => (leaving ??= leave()) });
        await leaving;
      }),
    );

    await test.ledger.waitUntil(() => test.ledger.settled.length === STREAMS);
    const endings = new Set(test.ledger.settled.map(({ ending }) => ending));
    expect([...endings].filter((ending) => ending !== 'client-closed' && ending !== 'broken')).toEqual([]);
    await test.checkAfterTest(); // once each: settled, recorded, admitted, cancelled at the vendor
  });
});
