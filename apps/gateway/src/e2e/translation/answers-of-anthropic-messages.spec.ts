import { describeAnswersOf } from './describe-answers-of.js';

describe('an answer of anthropic-messages', () => describeAnswersOf('anthropic-messages'));
