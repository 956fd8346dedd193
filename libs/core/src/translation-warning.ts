/** Something that a target format cannot say. Never silence: warnings are counted, logged and their number is answered. */
export interface TranslationWarning {
  /**
   * Where it stands in the canonical request, as a JSON pointer: `/messages/3/content/0`, `/sampling/topK`, `/tools/1/strict`,
   * `/extensions/openai-chat`; the empty string is the whole request. Not a place in the client's body: that depends on its
   * format (a system prompt of its own, tool results as messages), and an operator compares warnings across formats.
   */
  readonly path: string;
  /** `dropped`: left out; `changed`: said differently; `approximated`: a near value was used. */
  readonly effect: 'dropped' | 'changed' | 'approximated';
  /** One sentence for the operator. */
  readonly message: string;
}
