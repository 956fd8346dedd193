import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { EventStreamCodec } from './event-stream-codec.js';
import { EventStreamModule } from './event-stream.module.js';
import { DEFAULT_LIMITS } from './limits.js';

@Module({ imports: [EventStreamModule] })
class ConsumerModule {}

describe('EventStreamModule', () => {
  it('offers a codec with the default limits', async () => {
    const app = await Test.createTestingModule({ imports: [ConsumerModule] }).compile();

    expect(app.get(EventStreamCodec).limits).toEqual(DEFAULT_LIMITS);
    await app.close();
  });

  it('offers one codec with the limits of the application', async () => {
    const imports = [ConsumerModule, EventStreamModule.forRoot({ maxMessageBytes: 1000 }), EventStreamModule];
    const app = await Test.createTestingModule({ imports }).compile();

    const codec = app.get(EventStreamCodec);

    expect(codec.limits).toEqual({ ...DEFAULT_LIMITS, maxMessageBytes: 1000 });
    expect(app.select(ConsumerModule).get(EventStreamCodec, { strict: false })).toBe(codec);
    await app.close();
  });

  it('refuses limits that make no sense when the application starts', async () => {
    const compiling = Test.createTestingModule({ imports: [EventStreamModule.forRoot({ maxMessageBytes: 1 })] });

    await expect(compiling.compile()).rejects.toThrow(RangeError);
  });
});
