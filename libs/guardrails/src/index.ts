export { type GuardedRequest, Guardrails, NoGuardrails } from './guardrails.js';
