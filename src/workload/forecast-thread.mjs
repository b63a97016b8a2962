// The forecast's thread. Plain JavaScript, because a thread starts without what the process reads TypeScript by.
import { register } from 'tsx/esm/api';

register();
await import('./answer-forecasts.ts');
