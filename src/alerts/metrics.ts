import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { AlertClass } from '../../db/schema/alerts.ts';
import type { MessagePurpose } from '../../db/schema/messages.ts';
import type { Instant } from '../platform/clock.ts';

/** Everything that `/metrics` shows. Labels are classes, purposes and outcomes, never an id or a name. */
export const registry = new Registry();

const alerts = new Counter({
  name: 'hub_alerts_total',
  help: 'Alerts settled, by class and outcome (fired, superseded, quarantined)',
  labelNames: ['class', 'outcome'],
  registers: [registry],
});

const lag = new Histogram({
  name: 'hub_alert_lag_seconds',
  help: 'From the instant at which an alert was due to its firing, by the hub clock',
  labelNames: ['class'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 17, 30, 60, 300, 3600],
  registers: [registry],
});

const messages = new Counter({
  name: 'hub_messages_total',
  help: 'Messages by purpose and outcome (sent, retried, failed, unknown, cancelled, bounced)',
  labelNames: ['purpose', 'outcome'],
  registers: [registry],
});

const sweepErrors = new Counter({
  name: 'hub_sweep_errors_total',
  help: 'Sweeps, armings and listeners that failed and will be tried again, by part',
  labelNames: ['part'],
  registers: [registry],
});

const armed = new Gauge({
  name: 'hub_armed_wakeups',
  help: 'Wake-ups that the last arming found necessary, by queue',
  labelNames: ['queue'],
  registers: [registry],
});

/** Counts what one statement settled. */
export function countFired(
  cls: AlertClass,
  fired: { fireAt: Instant; firedAt: Instant }[],
  superseded: number,
): void {
  if (fired.length > 0) alerts.inc({ class: cls, outcome: 'fired' }, fired.length);
  if (superseded > 0) alerts.inc({ class: cls, outcome: 'superseded' }, superseded);
  for (const alert of fired) {
    lag.observe({ class: cls }, Math.max(0, Date.parse(alert.firedAt) - Date.parse(alert.fireAt)) / 1000);
  }
}

/** Counts an alert given up and handed to a person. */
export function countQuarantined(cls: AlertClass): void {
  alerts.inc({ class: cls, outcome: 'quarantined' });
}

/** Counts what became of one attempt to send a message. */
export function countMessage(
  purpose: MessagePurpose,
  outcome: 'sent' | 'retried' | 'failed' | 'unknown' | 'cancelled' | 'bounced',
): void {
  messages.inc({ purpose, outcome });
}

/** Counts a failure of a part that goes on. */
export function countSweepError(part: string): void {
  sweepErrors.inc({ part });
}

/** Notes how many wake-ups an arming asked for. */
export function noteArmed(queue: string, wakeUps: number): void {
  armed.set({ queue }, wakeUps);
}
