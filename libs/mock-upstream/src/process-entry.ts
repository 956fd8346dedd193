/** The file to start for a vendor in a process of its own (`child_process.fork`); it prints its address as one JSON line. */
export const MOCK_UPSTREAM_PROCESS = new URL('./process.js', import.meta.url);
