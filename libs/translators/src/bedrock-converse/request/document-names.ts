const MAX_NAME_CHARS = 200;
/** Room for the number that tells two names apart. */
const MAX_SUFFIX_CHARS = 8;

const EXTENSION = /\.[a-zA-Z0-9]{1,5}$/;
const DISALLOWED = /[^a-zA-Z0-9\s\-()[\]]/g;
const SPACES = /\s+/g;

const DEFAULT_NAME = 'document';

/**
 * Names of a request's documents: letters, digits, single spaces, hyphens, parentheses and square brackets, none twice. They
 * depend on what came before only, so that a conversation that goes on keeps them and the prompt cache with them.
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_DocumentBlock.html
 */
export class DocumentNames {
  readonly #used = new Set<string>();

  /** @param title of the client, often a file name; its extension is left out */
  take(title: string | undefined): string {
    const name = plainName(title);
    let free = name;
    for (let copy = 2; this.#used.has(free); copy += 1) free = `${name} (${copy})`;
    this.#used.add(free);
    return free;
  }
}

function plainName(title = ''): string {
  const words = title.replace(EXTENSION, '').replace(DISALLOWED, ' ').replace(SPACES, ' ').trim();
  const name = words.slice(0, MAX_NAME_CHARS - MAX_SUFFIX_CHARS).trimEnd();
  return name === '' ? DEFAULT_NAME : name;
}
