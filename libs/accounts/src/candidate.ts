import type { AccountDeclaration } from '@sluice/config';

/** An account that may serve a request, and the model id that its vendor is asked for. */
export interface Candidate {
  readonly declaration: AccountDeclaration;
  readonly model: string;
}
