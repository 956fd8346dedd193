import { describeConfiguration } from '@sluice/config';
import type { ProviderDescriptor } from '@sluice/provider-kit';
import { fillRegions } from './fill-regions.js';
import { renderEnvironment, renderSettings } from './render-settings.js';

/** The page, from the root. Its prose is written by hand, its tables between the marks are not. */
export const REFERENCE_FILE = 'docs/configuration.md';

/** The page with its tables as the declarations have them now. @param page the page as it is */
export function refreshReference(page: string, providers: readonly ProviderDescriptor[]): string {
  const settings = describeConfiguration(providers);
  return fillRegions(page, { settings: renderSettings(settings), environment: renderEnvironment(settings) });
}
