import { describeAnswersOf } from './describe-answers-of.js';

describe('an answer of openai-chat', () => describeAnswersOf('openai-chat'));
