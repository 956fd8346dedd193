export { PLUGIN_MODULES } from './plugin-modules.js';
