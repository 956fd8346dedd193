import { Injectable, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { Cancellation } from '@sluice/streaming';
import { z } from 'zod';
import { UpstreamHttp } from './http/upstream-http.js';
import { ProviderKitModule } from './provider-kit.module.js';
import { ProviderPlugin } from './provider-plugin.js';
import { ProviderRegistry } from './provider-registry.js';
import type { Provider } from './provider.js';

abstract class Base implements Provider {
  abstract readonly descriptor: Provider['descriptor'];
  constructor(readonly http: UpstreamHttp) {}
  formats(): readonly string[] {
    return [];
  }
  send(): Promise<never> {
    return Promise.reject(new Error('not sent here'));
  }
}
const described = (id: string): Provider['descriptor'] => ({
  id,
  displayName: id,
  credentials: [],
  settings: z.object({}),
});

@Injectable()
@ProviderPlugin()
class Acme extends Base {
  readonly descriptor = described('acme');
  constructor(http: UpstreamHttp) {
    super(http);
  }
}
@Module({ imports: [ProviderKitModule], providers: [Acme], exports: [Acme] })
class AcmeModule {}

@ProviderPlugin()
class Beta extends Base {
  readonly descriptor = described('beta');
}
@Module({
  imports: [ProviderKitModule],
  providers: [{ provide: Beta, useFactory: (http: UpstreamHttp) => new Beta(http), inject: [UpstreamHttp] }],
  exports: [Beta],
})
class BetaModule {}

class Unmarked extends Base {
  readonly descriptor = described('unmarked');
}
@Module({ providers: [{ provide: 'unmarked', useFactory: () => new Unmarked(new UpstreamHttp()) }] })
class UnmarkedModule {}

/** As a third party's build has it: the mark of another copy of this package. */
class Foreign extends Base {
  readonly descriptor = described('foreign');
}
Reflect.defineMetadata(Symbol.for('@sluice/provider-plugin/1'), true, Foreign);
@Module({ providers: [{ provide: 'foreign', useFactory: () => new Foreign(new UpstreamHttp()) }] })
class ForeignModule {}

describe('ProviderKitModule', () => {
  it('finds every marked provider of the application, by token and by constructor', async () => {
    const app = await Test.createTestingModule({
      imports: [AcmeModule, BetaModule, UnmarkedModule, ForeignModule],
    }).compile();
    await app.init();

    expect(app.get(ProviderRegistry).ids).toEqual(['acme', 'beta', 'foreign']);
    await app.close();
  });

  it('gives all of them one way out', async () => {
    const app = await Test.createTestingModule({ imports: [AcmeModule, BetaModule] }).compile();

    expect(app.get(Acme).http).toBe(app.get(Beta).http);
    expect(app.get(Acme).http).toBe(app.get(UpstreamHttp));
  });

  it('has one registry and one way out with forRoot too, built from its options', async () => {
    let isAsked = 0;
    const app = await Test.createTestingModule({
      imports: [
        AcmeModule,
        ProviderKitModule.forRootAsync({
          useFactory: () => {
            isAsked += 1;
            return { proxyUrl: 'http://127.0.0.1:1' };
          },
        }),
        BetaModule,
      ],
    }).compile();
    await app.init();

    expect(isAsked).toBe(1);
    expect(app.get(Acme).http).toBe(app.get(Beta).http);
    expect(app.get(ProviderRegistry).ids).toEqual(['acme', 'beta']);
    await app.close();
  });

  it('goes the way that forRoot names', async () => {
    const app = await Test.createTestingModule({
      imports: [ProviderKitModule.forRoot({ proxyUrl: 'gopher://127.0.0.1' }), AcmeModule],
    }).compile();

    const sent = app.get(Acme).http.send({
      method: 'GET',
      url: 'http://127.0.0.1:9/',
      headers: {},
      transport: { timeouts: { connectMs: 1, firstByteMs: 1, idleMs: 1 } },
      cancellation: new Cancellation(),
    });

    await expect(sent).rejects.toThrow('proxyUrl is not an http, https or socks5 URL');
  });

  it('does not start with two providers of one id', async () => {
    @ProviderPlugin()
    class OtherAcme extends Acme {}
    const app = await Test.createTestingModule({
      imports: [AcmeModule],
      providers: [{ provide: OtherAcme, useFactory: () => new OtherAcme(new UpstreamHttp()) }],
    }).compile();

    await expect(app.init()).rejects.toThrow('"acme" is claimed by OtherAcme ("acme") and by Acme ("acme")');
  });

  it('closes the way out when the application stops', async () => {
    const app = await Test.createTestingModule({ imports: [AcmeModule] }).compile();
    await app.init();
    const http = app.get(UpstreamHttp);

    await app.close();

    await expect(
      http.send({
        method: 'GET',
        url: 'http://127.0.0.1:9/',
        headers: {},
        transport: { timeouts: { connectMs: 1, firstByteMs: 1, idleMs: 1 } },
        cancellation: new Cancellation(),
      }),
    ).rejects.toMatchObject({ kind: 'shutting_down' });
  });
});
