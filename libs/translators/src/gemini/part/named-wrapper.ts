/** The member that Vercel's AI SDK says a function's text in, beside the `name` of the function. */
export const NAMED_WRAPPER = 'content';
