/** Where the value of one member stands, in bytes: from its first to behind its last. */
export interface MemberSpan {
  readonly valueStart: number;
  readonly valueEnd: number;
}
