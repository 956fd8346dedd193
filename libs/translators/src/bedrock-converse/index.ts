export { BedrockConverseModule } from './bedrock-converse.module.js';
export { bedrockConverse } from './format.js';
