import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { BootConfiguration } from './boot-configuration.js';
import { SnapshotStore } from './snapshot-store.js';

export interface ConfigModuleOptions {
  readonly snapshotStore: SnapshotStore;
  /** Absent where a host application has its own. */
  readonly boot?: BootConfiguration;
}

/** Makes the loaded configuration injectable everywhere. Loading comes first: an invalid configuration must end the start. */
@Module({})
export class ConfigModule {
  static forRoot({ snapshotStore, boot }: ConfigModuleOptions): DynamicModule {
    const providers: Provider[] = [{ provide: SnapshotStore, useValue: snapshotStore }];
    if (boot !== undefined) providers.push({ provide: BootConfiguration, useValue: boot });
    return {
      module: ConfigModule,
      global: true,
      providers,
      exports: providers,
    };
  }
}
