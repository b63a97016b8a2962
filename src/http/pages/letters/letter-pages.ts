import type { Routes } from '../../app-context.ts';
import { readFields } from '../form-field.ts';
import { answerablePages, answeredAt } from './answerable-pages.ts';
import { letterFacts, letterFields, lettersTable, sayWhose, type LetterJson } from './letter-view.ts';
import {
  answerOfQuestion,
  questionFacts,
  questionFields,
  questionOf,
  questionsTable,
  sayAsker,
  type QuestionJson,
} from './question-view.ts';

/**
 * Letters and questions of a case: `GET /cases/:urn/correspondence`, `GET|POST` of `/new`, `/:id`, `/:id/closed` below
 * it; `GET /cases/:urn/queries`, `GET|POST` of `/new`, `/:id`, `/:id/withdrawn` below it
 */
export const letterPages: Routes = (app) => {
  answerablePages<LetterJson>(app, {
    name: 'correspondence',
    title: 'Letters and messages',
    nothing: 'No letter or message is logged yet.',
    tableOf: lettersTable,
    logging: {
      title: 'Log a letter or message',
      intro: 'One that needs an answer becomes a task by the day on which that is due.',
      fields: letterFields,
      bodyOf: readFields,
    },
    titleOf: sayWhose,
    factsOf: letterFacts,
    isOpen: ({ state }) => state === 'awaiting-answer',
    answerFields: [{ kind: 'words', path: 'summary', label: 'What is the answer?' }, answeredAt],
    closing: { verb: 'closed', title: 'No answer is needed any more' },
  });

  answerablePages<QuestionJson>(app, {
    name: 'queries',
    title: 'Questions',
    nothing: 'Nobody has asked anything yet.',
    tableOf: questionsTable,
    logging: {
      title: 'Log a question',
      intro: 'It becomes a task by the day on which its answer is due.',
      fields: questionFields,
      bodyOf: questionOf,
    },
    titleOf: sayAsker,
    factsOf: questionFacts,
    isOpen: ({ state }) => state === 'open',
    answerFields: [...answerOfQuestion, answeredAt],
    closing: { verb: 'withdrawn', title: 'They want no answer any more' },
  });
};
