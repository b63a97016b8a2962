import type { Sql } from '../../../db/connect.ts';
import type { Logger } from '../../platform/logger.ts';

/** For whom new work is: a person, or the pool of a team. */
export type NewWork = { team: string; assignee: string | null };

/** Hears of new work on one connection of the process, however many people listen. */
export type NewWorkListener = {
  /** Calls back for each piece of news; also after the connection was lost and is back, when nobody knows what was missed. */
  subscribe(heard: (news: NewWork | 'reconnected') => void): () => void;
  /** How many listen. */
  readonly count: number;
};

/** Listens from the first subscriber on. The connection ends with the client that it is taken from. */
export function createNewWorkListener(sql: Sql, logger: Pick<Logger, 'warn'>): NewWorkListener {
  const subscribers = new Set<(news: NewWork | 'reconnected') => void>();
  let listening: Promise<unknown> | undefined;
  const tell = (news: NewWork | 'reconnected') => {
    for (const heard of subscribers) heard(news);
  };
  const listen = () =>
    sql
      .listen(
        'hub_new_work',
        (text) => tell(JSON.parse(text) as NewWork),
        () => tell('reconnected'),
      )
      .catch((error: unknown) => {
        listening = undefined;
        logger.warn({ err: error }, 'new work cannot be listened for; pages ask for it instead');
      });
  return {
    subscribe: (heard) => {
      subscribers.add(heard);
      listening ??= listen();
      return () => void subscribers.delete(heard);
    },
    get count() {
      return subscribers.size;
    },
  };
}
