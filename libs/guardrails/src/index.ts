export { type GuardedRequest, Guardrails, NoGuardrails } from './guardrails.js';
export { GuardrailsModule } from './guardrails.module.js';
