/** A store of logins that is not what it should be. Nothing in it has been changed. */
export class LoginFileError extends Error {
  override readonly name = 'LoginFileError';

  /**
   * @param file as it was opened
   * @param at the place inside, such as `[1].authMethod`; empty = as a whole
   * @param problem the end of a sentence that begins with the two
   */
  constructor(
    readonly file: string,
    readonly at: string,
    readonly problem: string,
    cause?: unknown,
  ) {
    super(`${file}${at === '' ? '' : `: ${at}`} ${problem}.`, cause === undefined ? undefined : { cause });
  }
}
