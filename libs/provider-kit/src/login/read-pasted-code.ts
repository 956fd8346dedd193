import { LoginFailure } from './login-failure.js';

/** A longer line is no code. */
export const MAX_PASTED_CHARACTERS = 8_192;

/**
 * The code in what a person copied: the address that the browser ended at, `code#state` as some vendors show it, or the code
 * alone.
 * @throws LoginFailure for an answer to another login, a refusal, or nothing
 */
export function readPastedCode(pasted: string, state: string): string {
  const line = pasted.trim();
  if (line === '' || line.length > MAX_PASTED_CHARACTERS) throw new LoginFailure('There is no code in it.');
  const { code, state: given, error } = partsOf(line);
  if (given !== undefined && given !== state) throw new LoginFailure('It belongs to another login.');
  if (error !== undefined) throw new LoginFailure(`The login was refused (${error}).`);
  if (code === undefined || code === '') throw new LoginFailure('There is no code in it.');
  return code;
}

interface PastedParts {
  readonly code: string | undefined;
  readonly state: string | undefined;
  readonly error?: string | undefined;
}

function partsOf(line: string): PastedParts {
  if (!/^https?:\/\//i.test(line)) {
    const [code, state] = line.split('#', 2);
    return { code, state };
  }
  if (!URL.canParse(line)) return { code: undefined, state: undefined };
  const { searchParams } = new URL(line);
  // an address always carries its state; without one it is not of this login
  return {
    code: searchParams.get('code') ?? undefined,
    state: searchParams.get('state') ?? '',
    error: searchParams.get('error') ?? undefined,
  };
}
