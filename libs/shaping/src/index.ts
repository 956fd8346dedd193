export type { HeadersToShape, ShapedHeaders } from './headers/headers-to-shape.js';
export { shapeHeaders } from './headers/shape-headers.js';
export { MAX_VALUES } from './json/json-node.js';
export { applyPayloadRules } from './payload/apply-payload-rules.js';
export type { BodyToShape } from './payload/body-to-shape.js';
