import 'reflect-metadata';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Inject, Injectable, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { Logger } from '@sluice/core';
import { ExchangeTelemetry } from './exchange-telemetry.js';
import { createLogger } from './logs/create-logger.js';
import { LogLevelControl } from './logs/log-level.js';
import { GatewayMetrics } from './metrics/gateway-metrics.js';
import { TelemetryModule } from './telemetry.module.js';

@Injectable()
class Consumer {
  constructor(
    @Inject(Logger) readonly logger: Logger,
    @Inject(GatewayMetrics) readonly metrics: GatewayMetrics,
    @Inject(LogLevelControl) readonly level: LogLevelControl,
    @Inject(ExchangeTelemetry) readonly exchanges: ExchangeTelemetry,
  ) {}
}

@Module({ providers: [Consumer] })
class ConsumerModule {}

describe('TelemetryModule', () => {
  it('binds the logger, its level and the metrics for every module', async () => {
    const lines: string[] = [];
    const destination = { write: (line: string) => void lines.push(line) };
    const module = await Test.createTestingModule({
      imports: [
        TelemetryModule.forRoot({ level: 'warn', destination, metrics: { processMetrics: false } }),
        ConsumerModule,
      ],
    }).compile();
    const { logger, level, metrics, exchanges } = module.get(Consumer, { strict: false });

    logger.info('too quiet');
    level.setLevel('info');
    logger.info('heard');
    exchanges.started();

    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('"msg":"heard"');
    expect(await metrics.render()).toContain('sluice_in_flight_requests 1\n');
    expect(await metrics.render()).toContain('sluice_log_lines_lost_total 0\n');
    await module.close();
  });

  it('takes a logger that exists already', async () => {
    const logger = createLogger({ destination: { write: () => {} } });

    const module = await Test.createTestingModule({
      imports: [TelemetryModule.forRoot({ logger, metrics: { processMetrics: false } })],
    }).compile();

    expect(module.get(Logger, { strict: false })).toBe(logger);
    await module.close();
  });

  it('has written everything when the application has shut down', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sluice-telemetry-'));
    const file = join(folder, 'gateway.log');
    const module = await Test.createTestingModule({
      imports: [TelemetryModule.forRoot({ destination: file, metrics: { processMetrics: false } })],
    }).compile();
    await module.init();

    module.get<Logger>(Logger, { strict: false }).info('goodbye');
    await module.close();

    const written = readFileSync(file, 'utf8');
    rmSync(folder, { recursive: true });
    expect(written).toContain('goodbye');
  });
});
