import { deterministicId } from '@sluice/translator-kit';

const PREFIX = 'call_gemini_';
const MADE_UP = /^call_gemini_[0-9a-f]{24}$/;

/** An id for a call that has none on the wire; the same parts give the same id. */
export function inventCallId(parts: readonly (string | number)[]): string {
  return deterministicId(PREFIX, parts);
}

/** The id as the member of a call or of its response; nothing for one that we made up, which Google never saw. */
export function idMember(id: string): { readonly id?: string } {
  return id === '' || MADE_UP.test(id) ? {} : { id };
}
