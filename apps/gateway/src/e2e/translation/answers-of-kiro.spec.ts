import { describeAnswersOf } from './describe-answers-of.js';

describe('an answer of kiro', () => describeAnswersOf('kiro'));
