import { describeAnswersOf } from './describe-answers-of.js';

describe('an answer of openai-responses', () => describeAnswersOf('openai-responses'));
