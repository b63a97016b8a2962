import type { Routes } from '../app-context.ts';
import { getPage, postForm } from './page-route.ts';
import { formToken, renderPage } from './render.ts';
import { chooseShortcuts, hasShortcuts } from './shortcut-choice.ts';
import { everyone } from './who.ts';

/** `GET|POST /shortcuts` */
export const shortcutsPage: Routes = (app) => {
  getPage(app, '/shortcuts', everyone, 'Keyboard shortcuts', (c) => {
    const model = { isOn: hasShortcuts(c), formToken: formToken(c) };
    return renderPage(c, { view: 'shortcuts', title: 'Keyboard shortcuts', model });
  });

  postForm(app, '/shortcuts', everyone, 'Turn keyboard shortcuts on or off', (c, form) => {
    chooseShortcuts(c, form['turn'] !== 'off');
    return c.redirect('/shortcuts', 303);
  });
};
