export { AppModule, type AppModuleOptions } from './app.module.js';
export { createGateway, type Gateway, type GatewayOptions, type ListenOptions } from './create-gateway.js';
export { type LoadedConfiguration, loadGatewayConfiguration } from './load-gateway-configuration.js';
export { readDescriptors } from './read-descriptors.js';
export { EXIT_CONFIGURATION_ERROR, serve, type ServeOptions } from './serve.js';
export { VERSION } from './version.js';
