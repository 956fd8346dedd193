/** What `sluice status` ends with; as the init scripts of Linux do. */
export const EXIT_STATUS = { running: 0, stale: 1, none: 3 } as const;

/** A command did not get what it wanted. */
export const EXIT_FAILURE = 1;

/** A configuration is wrong; the gateway's own word for it, without loading the gateway. */
export const EXIT_REFUSED = 2;
