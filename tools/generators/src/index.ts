export { generateProvider } from './generate-provider.js';
