export { REFERENCE_FILE, refreshReference } from './docs/configuration-reference.js';
