import { GATEWAY_ERRORS } from '@sluice/core';
import { fillRegions } from './fill-regions.js';
import { renderErrors, renderErrorWords } from './render-errors.js';

/** The page, from the root. Its prose is written by hand, its tables between the marks are not. */
export const ERROR_REFERENCE_FILE = 'docs/errors.md';

/** The page with its tables as the catalogue has them now. @param page the page as it is */
export function refreshErrorReference(page: string): string {
  return fillRegions(page, { errors: renderErrors(GATEWAY_ERRORS), words: renderErrorWords(GATEWAY_ERRORS) });
}
