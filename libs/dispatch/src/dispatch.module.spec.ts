import { Global, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { AccountPool } from '@sluice/accounts';
import { ConfigModule, SnapshotStore } from '@sluice/config';
import { Clock } from '@sluice/core';
import { ProviderPlugin } from '@sluice/provider-kit';
import { FakeClock } from '@sluice/testing';
import { WireFormatPlugin } from '@sluice/translator-kit';
import { clientRequest } from './__fixtures__/client-request.js';
import { declareAccount, declareSnapshot } from './__fixtures__/declarations.js';
import { MemoryAnswer } from './__fixtures__/memory-answer.js';
import { NotingListener } from './__fixtures__/observers.js';
import { scriptFormat } from './__fixtures__/script-format.js';
import { answers, ScriptedProvider } from './__fixtures__/scripted-provider.js';
import { DispatchModule } from './dispatch.module.js';
import { Dispatcher } from './dispatcher.js';
import { ExchangeListener } from './exchange-listener.js';
import { InFlight } from './in-flight.js';
import { RouteResolver } from './route-resolver.js';

const clock = new FakeClock();
const listener = new NotingListener();

@ProviderPlugin()
class AcmeProvider extends ScriptedProvider {
  constructor() {
    super('acme');
    this.turns = [answers({ text: 'wired' })];
  }
}

@WireFormatPlugin(scriptFormat)
@Module({ providers: [{ provide: AcmeProvider, useFactory: () => new AcmeProvider() }] })
class PluginsModule {}

@Global()
@Module({
  providers: [
    { provide: Clock, useValue: clock },
    { provide: ExchangeListener, useValue: listener },
  ],
  exports: [Clock, ExchangeListener],
})
class PortsModule {}

describe('DispatchModule', () => {
  const body = Buffer.from('{"model":"m"}');

  it('wires the pipeline, with the host’s clock and listener', async () => {
    const snapshotStore = new SnapshotStore(declareSnapshot([declareAccount('a', { models: ['m'] })]));
    const app = await Test.createTestingModule({
      imports: [ConfigModule.forRoot({ snapshotStore }), PortsModule, DispatchModule, PluginsModule],
    }).compile();
    await app.init();
    const answer = new MemoryAnswer(clock);

    await app.get(Dispatcher).handle(clientRequest(scriptFormat, body), answer);

    expect(answer).toMatchObject({ status: 200, text: '{"text":"wired"}' });
    expect(listener.records).toMatchObject([{ ending: 'completed', startedAtMs: clock.now() }]);
    await app.close();
  });

  it('works without a clock and a listener', async () => {
    const app = await Test.createTestingModule({
      imports: [ConfigModule.forRoot({ snapshotStore: new SnapshotStore(declareSnapshot()) }), DispatchModule],
    }).compile();

    expect(app.get(Dispatcher)).toBeInstanceOf(Dispatcher);
    expect(app.get(InFlight).size).toBe(0);
    expect(app.get(RouteResolver)).toBeInstanceOf(RouteResolver);
    expect(app.get(AccountPool)).toBeInstanceOf(AccountPool);
    await app.close();
  });
});
