import { customType } from 'drizzle-orm/pg-core';

/** A moment as an ISO 8601 UTC string with milliseconds; `timestamptz` in Postgres. */
export const instant = customType<{ data: string; driverData: string }>({
  dataType: () => 'timestamptz(3)',
  fromDriver: (value) => new Date(value).toISOString(),
});

/** A civil date in Europe/London as `YYYY-MM-DD`; `date` in Postgres. */
export const civilDate = customType<{ data: string; driverData: string }>({ dataType: () => 'date' });
