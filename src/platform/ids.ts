import { v7 } from 'uuid';

/** A new id that sorts by when it was made and says nothing of what it names. */
export function newId(): string {
  return v7();
}
