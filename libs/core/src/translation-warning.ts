/** Something that a target format cannot say. Never silence: warnings are counted, logged and their number is answered. */
export interface TranslationWarning {
  /** Where it stood in the client's request, as a JSON pointer (`/messages/3/content/0`). */
  readonly path: string;
  /** `dropped`: left out; `changed`: said differently; `approximated`: a near value was used. */
  readonly effect: 'dropped' | 'changed' | 'approximated';
  /** One sentence for the operator. */
  readonly message: string;
}
