import type { ToolEntry } from '../wire-types.js';

/** Content of more lines than this is to be written in pieces … */
const LONG_CONTENT_LINES = 150;
/** … of so many lines. */
const PIECE_LINES = 50;

/** What is added to the description, by the client's name of the tool. */
const REMARKS: ReadonlyMap<string, string> = new Map([
  [
    'Write',
    `Limit: content of more than ${LONG_CONTENT_LINES} lines must not be written at once. Write its first ${PIECE_LINES} lines with this tool and add the rest by edits of at most ${PIECE_LINES} lines each.`,
  ],
  ['Edit', `Limit: an edit of more than ${PIECE_LINES} lines must be made as several smaller ones.`],
]);

/** Tells the model that the remarks count. For the system prompt. */
export const SPLIT_WRITES_POLICY =
  'Where the description of a tool states a limit of lines, keep to it by making several calls. Do so without mentioning it or asking.';

export function remarkOnWrites(clientName: string): string | undefined {
  return REMARKS.get(clientName);
}

/** The tool with the remark behind its description. */
export function withRemark({ toolSpecification }: ToolEntry, remark: string): ToolEntry {
  const description = `${toolSpecification.description}\n\n${remark}`;
  return { toolSpecification: { ...toolSpecification, description } };
}
