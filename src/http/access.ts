export { recordAccess } from '../staff/record-access.ts';
