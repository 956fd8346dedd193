/** How we introduce ourselves. Some vendors' front doors refuse requests without a name. */
export const USER_AGENT = 'sluice';
