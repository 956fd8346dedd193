/** What commands about accounts say where they find no configuration, and so could only say "none". */
export const NO_CONFIGURATION =
  'There is no configuration here: copy sluice.example.yaml to sluice.yaml, or name a file with --config. A gateway that runs ' +
  'in a terminal, the demo too, is asked with --url http://127.0.0.1:8000.';
