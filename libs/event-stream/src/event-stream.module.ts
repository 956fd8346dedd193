import { Module, type DynamicModule } from '@nestjs/common';
import { EventStreamCodec } from './event-stream-codec.js';
import type { EventStreamLimits } from './limits.js';

/** Injection token of the limits, `Partial<EventStreamLimits>`. */
export const EVENT_STREAM_LIMITS = Symbol.for('@sluice/event-stream-limits/1');

/** Holds the limits for the whole application, so that the plain module below stays one module however often it is imported. */
@Module({})
class EventStreamLimitsModule {}

/** Offers the `EventStreamCodec`. Import it plainly where it is used; the application adds `forRoot` once to change limits. */
@Module({
  providers: [
    {
      provide: EventStreamCodec,
      useFactory: (limits?: Partial<EventStreamLimits>) => new EventStreamCodec(limits),
      inject: [{ token: EVENT_STREAM_LIMITS, optional: true }],
    },
  ],
  exports: [EventStreamCodec],
})
export class EventStreamModule {
  static forRoot(limits: Partial<EventStreamLimits> = {}): DynamicModule {
    return {
      module: EventStreamLimitsModule,
      global: true,
      imports: [EventStreamModule],
      providers: [{ provide: EVENT_STREAM_LIMITS, useValue: limits }],
      exports: [EVENT_STREAM_LIMITS, EventStreamModule],
    };
  }
}
