/** What a background process tells the command that started it, until it listens. */
export type DaemonMessage =
  /** A line about what is wrong. */
  | { readonly type: 'problem'; readonly line: string }
  /** It serves; `banner` is for the person who started it. */
  | { readonly type: 'listening'; readonly banner: string };
