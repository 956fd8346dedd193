/** A login that did not come about, in a sentence that says what to do. */
export class LoginFailure extends Error {
  override readonly name = 'LoginFailure';
}
