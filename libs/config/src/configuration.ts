import type { UpstreamTls } from '@sluice/provider-kit';
import type { z } from 'zod';
import type { accountDeclaration } from './declaration/account-declaration.js';
import type { configurationSchema } from './declaration/configuration-schema.js';

/** One account as checked: the common members, and the provider's own as its schema gave them. */
export interface AccountConfiguration extends z.infer<typeof accountDeclaration> {
  readonly settings: Readonly<Record<string, unknown>>;
  /** What its `tls` or that of `upstream` says, with what stands in the files; it may hold a private key. Absent = nothing. */
  readonly upstreamTls?: UpstreamTls;
}

type Sections = z.infer<typeof configurationSchema>;

/** The whole configuration, checked and complete: file, environment, flags and defaults. Deeply frozen. */
export interface Configuration extends Omit<Sections, 'accounts'> {
  readonly accounts: readonly AccountConfiguration[];
  /** The file as it was named; undefined = there is none. */
  readonly file: string | undefined;
}
