/** A third party's provider, with a copy of the kit of its own. */
import { Module } from '@nestjs/common';
import { ProviderPlugin } from '@sluice/provider-kit';

class ForeignProvider {
  descriptor = { id: 'foreign', displayName: 'Foreign', credentials: ['none'], settings: {} };
}
ProviderPlugin()(ForeignProvider);

export class ForeignProviderModule {}
Module({ providers: [ForeignProvider] })(ForeignProviderModule);

export const kit = import.meta.resolve('@sluice/provider-kit');
