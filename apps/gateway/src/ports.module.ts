import { Module, type DynamicModule } from '@nestjs/common';
import { SnapshotStore } from '@sluice/config';
import { Clock, SystemClock } from '@sluice/core';
import { ExchangeListener } from '@sluice/dispatch';
import { ExchangeTelemetry } from '@sluice/telemetry';

/** Binds the ports of the domain to what this app uses. Global, so that every library finds them. */
@Module({})
export class PortsModule {
  /** @param snapshots what is in force; replaced while the app runs */
  static forRoot(snapshots: SnapshotStore): DynamicModule {
    return {
      module: PortsModule,
      global: true,
      providers: [
        { provide: SnapshotStore, useValue: snapshots },
        { provide: Clock, useFactory: () => new SystemClock() },
        { provide: ExchangeListener, useExisting: ExchangeTelemetry },
      ],
      exports: [SnapshotStore, Clock, ExchangeListener],
    };
  }
}
