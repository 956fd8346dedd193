import { describeAnswersOf } from './describe-answers-of.js';

describe('an answer of bedrock-converse', () => describeAnswersOf('bedrock-converse'));
