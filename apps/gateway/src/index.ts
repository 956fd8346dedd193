export type { AccountPage, AccountReport, ReportedStanding } from './accounts/account-report.js';
export { AppModule, type AppModuleOptions } from './app.module.js';
export { createGateway, type Gateway, type GatewayOptions, type ListenOptions } from './create-gateway.js';
export {
  type InvalidConfiguration,
  type LoadedConfiguration,
  loadGatewayConfiguration,
  type ValidConfiguration,
} from './load-gateway-configuration.js';
export { readDescriptors } from './read-descriptors.js';
export { ConfigurationReloader, type ReloadListener, type ReloadSource } from './reload/configuration-reloader.js';
export { describeReport } from './reload/describe-report.js';
export type { ReloadReport, ReloadTrigger } from './reload/reload-report.js';
export type { RouteExplanation } from './route-explainer.js';
export { EXIT_CONFIGURATION_ERROR, serve, type ServeOptions } from './serve.js';
export type { ServingAddress, ServingGateway, StartOptions } from './start-serving.js';
export { VERSION } from './version.js';
