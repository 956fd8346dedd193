import { Global, Module } from '@nestjs/common';
import { Guardrails, NoGuardrails } from './guardrails.js';

/** Binds the port to the adapter that checks nothing. An app with rules imports a module that exports the same token instead. */
@Global()
@Module({
  providers: [{ provide: Guardrails, useFactory: () => new NoGuardrails() }],
  exports: [Guardrails],
})
export class GuardrailsModule {}
