export { countRequestTokens, type CountOptions } from './count-tokens.js';
export { kiro } from './format.js';
export { KiroModule } from './kiro.module.js';
