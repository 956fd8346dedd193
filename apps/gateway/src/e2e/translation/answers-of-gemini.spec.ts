import { describeAnswersOf } from './describe-answers-of.js';

describe('an answer of gemini', () => describeAnswersOf('gemini'));
