import type { Routes } from '../../app-context.ts';
import { absencesPage } from './absences-page.ts';
import { givingPages } from './giving-pages.ts';
import { movePage } from './move-page.ts';
import { rebalancePages } from './rebalance-pages.ts';
import { workloadPages } from './workload-page.ts';

/** The pages of senior caseworkers. */
export const seniorPages: Routes = (app, parts) => {
  for (const addRoutes of [workloadPages, absencesPage, givingPages, movePage, rebalancePages])
    addRoutes(app, parts);
};
