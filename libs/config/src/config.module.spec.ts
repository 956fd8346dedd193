import { Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { configurationOf } from './__fixtures__/load-text.js';
import { BootConfiguration, readBootConfiguration } from './boot-configuration.js';
import { buildSnapshot } from './build-snapshot.js';
import { ConfigModule } from './config.module.js';
import { SnapshotStore } from './snapshot-store.js';

const SEEN = Symbol('what a module without imports of its own is given');

@Module({
  providers: [
    { provide: SEEN, inject: [SnapshotStore, BootConfiguration], useFactory: (...given: unknown[]) => given },
  ],
})
class ConsumerModule {}

const load = () => configurationOf('server: { allowUnauthenticated: true, port: 1234 }\nredis: { url: "redis://r" }');

describe('ConfigModule', () => {
  it('gives every module the snapshot store and the boot configuration', async () => {
    const configuration = await load();
    const snapshotStore = new SnapshotStore(buildSnapshot(configuration, [], 1));
    const boot = readBootConfiguration(configuration);

    const app = await Test.createTestingModule({
      imports: [ConfigModule.forRoot({ snapshotStore, boot }), ConsumerModule],
    }).compile();

    expect(app.get(SEEN, { strict: false })).toEqual([snapshotStore, boot]);
  });
});

describe('readBootConfiguration', () => {
  it('takes what is fixed from start to stop, frozen', async () => {
    const boot = readBootConfiguration(await load());

    expect(Object.isFrozen(boot)).toBe(true);
    expect(boot).toEqual({
      host: '127.0.0.1',
      port: 1234,
      drainTimeoutMs: 25_000,
      keepAliveTimeoutMs: 65_000,
      logLevel: 'info',
      logFile: undefined,
      maxLogFileBytes: 104_857_600,
      maxLogFiles: 14,
      dataDirectory: './.sluice',
      encryptionKey: undefined,
      databaseUrl: 'embedded',
      redisUrl: 'redis://r',
    });
  });
});
