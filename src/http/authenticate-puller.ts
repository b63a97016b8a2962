import type { Failure } from '../platform/failure.ts';
import { findSessionOfPuller, findStaffWhoPulls } from '../tasks/puller.ts';
import type { Context, Staff } from './app-context.ts';
import { identify, type Lookup } from './authenticate.ts';

const pulling: Lookup = {
  bySession: async (c, secret) => {
    const found = await findSessionOfPuller(c.get('hub').db, secret);
    if (found !== null) c.set('asksForWork', { id: found.person.id, row: found.row });
    return found;
  },
  byId: async (c, id) => {
    const found = await findStaffWhoPulls(c.get('hub').db, id);
    if (found === null) return null;
    c.set('asksForWork', { id, row: found.row });
    return found.person;
  },
};

/** `authenticate` for a list of somebody's own work: what giving work to them goes by comes with who they are. */
export function authenticatePuller(c: Context): Promise<Staff | Failure> {
  return identify(c, pulling);
}
