export type { ExchangeFacts, FailedAttemptFacts } from './exchange-facts.js';
export { ExchangeTelemetry } from './exchange-telemetry.js';
export { createLogger, type LoggerOptions } from './logs/create-logger.js';
export { ExchangeLog } from './logs/exchange-log.js';
export type { LogDestination, LogTarget } from './logs/log-destination.js';
export { isLogLevel, LOG_LEVELS, type LogLevel, LogLevelControl } from './logs/log-level.js';
export { PinoLogger } from './logs/pino-logger.js';
export { GatewayMetrics, type GatewayMetricsOptions } from './metrics/gateway-metrics.js';
export { TelemetryModule, type TelemetryOptions } from './telemetry.module.js';
