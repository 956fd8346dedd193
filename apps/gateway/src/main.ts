import { serve } from './serve.js';

// The entry of the container: configured by SLUICE_* alone; everything else is in the file that SLUICE_CONFIG names.
process.exitCode = await serve({
  load: { env: process.env },
  printProblem: (line) => process.stderr.write(`${line}\n`),
});
