/** A bar of load against capacity, in hundredths of the widest one beside it. `over` stands after the capacity. */
export type LoadBar = { capacity: number; load: number; over: number };

/**
 * The bar of a week: the capacity as an outline, the load in it, and what is more than the capacity in another pattern.
 * @param most the minutes that the full width stands for
 */
export function loadBar(loadMinutes: number, capacityMinutes: number, most: number): LoadBar {
  const share = (minutes: number) => (most <= 0 ? 0 : Math.round((1_000 * minutes) / most) / 10);
  return {
    capacity: share(capacityMinutes),
    load: share(Math.min(loadMinutes, capacityMinutes)),
    over: share(Math.max(0, loadMinutes - capacityMinutes)),
  };
}

/** "27h", "27.5h"; "45m" below an hour; "0h". */
export function sayHours(minutes: number): string {
  if (minutes !== 0 && Math.abs(minutes) < 60) return `${minutes}m`;
  return `${Math.round(minutes / 30) / 2}h`;
}

/** "4h free", "2h over", "none free". */
export function sayRoom(loadMinutes: number, capacityMinutes: number): string {
  const room = capacityMinutes - loadMinutes;
  if (room < 0) return `${sayHours(-room)} over`;
  return room === 0 ? 'none free' : `${sayHours(room)} free`;
}
