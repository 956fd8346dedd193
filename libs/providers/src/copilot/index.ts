export { CopilotProviderModule } from './copilot.module.js';
export { CopilotProvider } from './copilot.provider.js';
