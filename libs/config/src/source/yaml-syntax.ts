import type { ErrorCode } from 'yaml';

/** What is wrong with the text, in words of ours: the parser's own messages may quote the text, and with it a secret. */
export interface SyntaxText {
  readonly message: string;
  readonly fix?: string;
}

const UNFINISHED: SyntaxText = {
  message: 'something is not closed, or a line is indented too little',
  fix: 'Look for a missing quote, } or ], here or just above.',
};
const MISPLACED: SyntaxText = {
  message: 'this does not belong here',
  fix: 'Check the indentation and the line above; values with ": ", "#" or "{" need quotes.',
};
const ALIAS: SyntaxText = {
  message: 'a value that begins with * is a YAML alias, and nothing has that anchor',
  fix: "A glob that begins with * needs quotes: '*-mini'.",
};
const ONE_DOCUMENT: SyntaxText = { message: 'there is more than one document', fix: 'Remove the --- line.' };

const BY_CODE: Partial<Record<ErrorCode, SyntaxText>> = {
  BAD_ALIAS: ALIAS,
  BAD_DQ_ESCAPE: {
    message: 'a backslash in "…" begins an unknown escape',
    fix: "Use '…' where a backslash is just a backslash.",
  },
  BAD_INDENT: UNFINISHED,
  BAD_SCALAR_START: { message: 'the value begins with a character that YAML reserves', fix: "Put it in quotes: '…'." },
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'a second ": " stands in one line, or this line is indented too far',
    fix: 'Put the value in quotes, or align the line with its neighbours.',
  },
  MISSING_CHAR: UNFINISHED,
  MULTILINE_IMPLICIT_KEY: UNFINISHED,
  MULTIPLE_DOCS: ONE_DOCUMENT,
  RESOURCE_EXHAUSTION: { message: 'the text is nested too deeply' },
  TAB_AS_INDENT: { message: 'the line is indented with a tab', fix: 'Indent with blanks.' },
};

const UNQUOTED_VARIABLE: SyntaxText = {
  message: '${…} stands without quotes inside { } or [ ]',
  fix: "Write '${NAME}', with quotes.",
};
const DUPLICATE_MEMBER = 'DUPLICATE_KEY' satisfies ErrorCode;

/** @param line the line of the text where the parser stopped */
export function explainSyntaxError(code: ErrorCode, line: string): SyntaxText {
  if (code === DUPLICATE_MEMBER) {
    return { message: 'this member is already declared above', fix: 'Keep one of the two.' };
  }
  if (code === 'UNEXPECTED_TOKEN' && /[{[,:]\s*\$\{/.test(line)) return UNQUOTED_VARIABLE;
  return BY_CODE[code] ?? MISPLACED;
}

/** An alias without an anchor; found when the tree is built, not by the parser. */
export const UNRESOLVED_ALIAS: SyntaxText = ALIAS;
/** More aliases than the parser is willing to expand. */
export const TOO_MANY_ALIASES: SyntaxText = { message: 'aliases expand to too much', fix: 'Write the values out.' };
