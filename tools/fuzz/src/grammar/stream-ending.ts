/** How the canonical events ended, so how the client must see it end. */
export type StreamEnding = 'answer' | 'error';
