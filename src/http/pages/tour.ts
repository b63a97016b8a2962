import type { Routes } from '../app-context.ts';
import { allowAnyone } from '../authenticate.ts';
import { describePage } from './describe-page.ts';
import { renderPage } from './render.ts';

/** The view model of a step of the tour. */
type Step = { heading: string; who: string; words: string; href: string; link: string };

/** What the demo shows in two minutes, one page after the other. */
const steps: readonly Step[] = [
  {
    heading: 'What is next?',
    who: 'cw-1',
    words:
      'Sign in as a caseworker. The queue is in the order in which work is given out; the button gives you the first task, and says why it is that one.',
    href: '/queue',
    link: 'My queue',
  },
  {
    heading: 'How was that date worked out?',
    who: 'cw-1',
    words:
      'Open any case from the queue. Each deadline opens to show every step of the count and the law it rests on.',
    href: '/cases',
    link: 'Cases',
  },
  {
    heading: 'Something happens',
    who: 'cw-1',
    words:
      'On a case, press “Record what happened” and say, for example, that it was sent to the Crown Court. The next page says which dates that added, moved, met and withdrew.',
    href: '/cases',
    link: 'Pick a case',
  },
  {
    heading: 'A case comes in',
    who: 'cw-1',
    words: 'Fill in a new case. You see the dates it would have before anything is saved.',
    href: '/cases/new',
    link: 'New case',
  },
  {
    heading: 'Any date, without a case',
    who: 'cw-1',
    words: 'Pick a rule, give the facts it needs, and print the answer with its steps.',
    href: '/calculator',
    link: 'The calculator',
  },
  {
    heading: 'Who has too much to do?',
    who: 'sr-1',
    words: 'Change to a senior caseworker to see the work of the team.',
    href: '/',
    link: 'Change who you are',
  },
  {
    heading: 'What would have been sent',
    who: 'anyone',
    words:
      'Move the clock forward a few days (README, “A tour in five minutes”) and read the chasers. Open the link in one as the officer would, on a phone.',
    href: '/demo/messages',
    link: 'Messages',
  },
];

/** `GET /tour`, in the demo alone. */
export const tour: Routes = (app) => {
  describePage(app, 'get', '/tour', 'anyone', 'The demo in two minutes');
  app.get('/tour', allowAnyone(), (c) =>
    renderPage(c, {
      view: 'tour',
      title: 'The demo in two minutes',
      model: { steps },
      back: { text: 'Start page', href: '/' },
    }),
  );
};
