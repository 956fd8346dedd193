/** The version of the whole repository; a spec holds it equal to the root package.json. */
export const VERSION = '0.1.0';
