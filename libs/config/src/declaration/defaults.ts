/** To an open, secured connection. A healthy vendor answers in well under a second; a black hole should cost one retry, not the request. */
export const CONNECT_TIMEOUT_MS = 10_000;
/**
 * From the sent request to the head of the answer. Without streaming a vendor sends it when the whole answer is written, which takes
 * minutes for reasoning models; the official SDKs give up after 600 s, so half of that leaves room for one more attempt.
 */
export const FIRST_BYTE_TIMEOUT_MS = 300_000;
/** Between two pieces of the body: several times the keep-alive interval of the vendors that send one (5 to 30 s). */
export const IDLE_TIMEOUT_MS = 120_000;

/** How long a client may take to send its request. */
export const BODY_TIMEOUT_MS = 120_000;
/** Open answers may finish for this long after a stop: 5 s less than the 30 s that container platforms usually grant. */
export const DRAIN_TIMEOUT_MS = 25_000;
/** A stream that says nothing for this long sends a sign of life: a quarter of the 60 s after which common load balancers close. */
export const STREAM_KEEP_ALIVE_MS = 15_000;
/** Longer than the 60 s idle time of common load balancers, so that they close idle connections first. */
export const KEEP_ALIVE_TIMEOUT_MS = 65_000;

/** A conversation that pauses for longer starts anew: vendors keep a prompt's cache for five minutes to an hour. */
export const SESSION_TTL_MS = 3_600_000;
/** So many failures, and at least half of all calls, within a minute: the vendor is unwell, not the request unlucky. */
export const CIRCUIT_FAILURES = 10;
/** How long a sick vendor is left alone before one call probes it. */
export const CIRCUIT_OPEN_MS = 30_000;
/** Repeated calls to a vendor, in percent of all requests to it: enough for hiccups, too few to double an outage's load. */
export const RETRY_BUDGET_PERCENT = 20;
/** Repeated calls a second that are always allowed, so that a quiet gateway may repeat at all. */
export const RETRY_BUDGET_MIN_PER_SECOND = 10;

/** Sent calls per request, over all accounts. */
export const RETRY_MAX_ATTEMPTS = 6;
/** The longest wait that a person watching a cursor still takes for an answer. */
export const RETRY_MAX_WAIT_MS = 10_000;
/** One vendor that stays silent until {@link FIRST_BYTE_TIMEOUT_MS} still leaves half a minute in which another is tried. */
export const RETRY_DEADLINE_MS = FIRST_BYTE_TIMEOUT_MS + 30_000;

/** How long somebody else may take to count a request's tokens; then the estimate has to do. */
export const TOKEN_COUNT_TIMEOUT_MS = 300_000;

/** One fetched image or document: no vendor takes larger images. */
export const FETCHED_MEDIA_SIZE = '10MiB';
/** For one of them; the vendor's answer has not begun meanwhile. */
export const FETCH_MEDIA_TIMEOUT_MS = 10_000;

/** Remembered answers, of all clients. */
export const RESPONSE_STORE_ENTRIES = 1_000;
/** Of all remembered answers: each holds its whole conversation, which seldom exceeds half a megabyte. */
export const RESPONSE_STORE_SIZE = '64MiB';
/** A conversation that pauses for longer has lost its vendor's prompt cache too. */
export const RESPONSE_STORE_TTL_MS = 3_600_000;

/** A day of a busy team; still opened by an editor. */
export const LOG_FILE_BYTES = 104_857_600;
/** Two weeks of ordinary days. */
export const LOG_FILES = 14;
