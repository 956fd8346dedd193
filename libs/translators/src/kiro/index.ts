export { kiro } from './format.js';
export { KiroModule } from './kiro.module.js';
