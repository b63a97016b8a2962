import type { cases } from '../../db/schema/index.ts';

/** A case as it is stored, apart from its events. */
export type CaseRow = typeof cases.$inferSelect;
