import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Logger } from '@sluice/core';
import { ExchangeTelemetry } from './exchange-telemetry.js';
import { createLogger, type LoggerOptions } from './logs/create-logger.js';
import { ExchangeLog } from './logs/exchange-log.js';
import { LogLevelControl } from './logs/log-level.js';
import { PinoLogger } from './logs/pino-logger.js';
import { GatewayMetrics, type GatewayMetricsOptions } from './metrics/gateway-metrics.js';
import { ReloadMetrics } from './metrics/reload-metrics.js';

/** Options of the log, and of the metrics under a name of their own. */
export interface TelemetryOptions extends LoggerOptions {
  /** A logger that exists already, for example because start-up has been logged with it; `level` and `destination` are its. */
  readonly logger?: PinoLogger;
  readonly metrics?: Omit<GatewayMetricsOptions, 'lostLogLines'>;
}

/** Binds the port `Logger` for every module, and offers the metrics and the level of the log. */
@Module({})
export class TelemetryModule implements OnApplicationShutdown {
  constructor(@Inject(PinoLogger) private readonly logger: PinoLogger) {}

  static forRoot(options: TelemetryOptions = {}): DynamicModule {
    return {
      module: TelemetryModule,
      global: true,
      providers: [
        { provide: PinoLogger, useFactory: () => options.logger ?? createLogger(options) },
        { provide: Logger, useExisting: PinoLogger },
        { provide: LogLevelControl, useExisting: PinoLogger },
        {
          provide: GatewayMetrics,
          useFactory: (logger: PinoLogger) =>
            new GatewayMetrics({ ...options.metrics, lostLogLines: () => logger.lost }),
          inject: [PinoLogger],
        },
        {
          provide: ReloadMetrics,
          useFactory: ({ registry }: GatewayMetrics) => new ReloadMetrics(registry),
          inject: [GatewayMetrics],
        },
        { provide: ExchangeLog, useFactory: (logger: PinoLogger) => new ExchangeLog(logger), inject: [PinoLogger] },
        {
          provide: ExchangeTelemetry,
          useFactory: (log: ExchangeLog, metrics: GatewayMetrics) => new ExchangeTelemetry(log, metrics),
          inject: [ExchangeLog, GatewayMetrics],
        },
      ],
      exports: [Logger, PinoLogger, LogLevelControl, GatewayMetrics, ReloadMetrics, ExchangeLog, ExchangeTelemetry],
    };
  }

  onApplicationShutdown(): void {
    this.logger.flush();
  }
}
