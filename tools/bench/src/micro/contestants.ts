/** Who is compared inside of the bench's own process, where no target is asked. */
export type ContestantId = 'our-event-stream' | 'smithy-event-stream';
