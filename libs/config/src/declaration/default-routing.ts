import { deepFreeze } from '../deep-freeze.js';
import type { RoutingSettings } from '../runtime-snapshot.js';
import { routingSection } from './routing-section.js';

/** What holds where a snapshot says nothing of routing. */
export const DEFAULT_ROUTING: RoutingSettings = deepFreeze(routingSection.parse({}));
