import { Histogram, type Registry } from 'prom-client';

/** Measures requests by route, method and class of status: few enough series, and nobody's name in any. */
export type HttpMetrics = {
  observe(request: { method: string; route: string; status: number; seconds: number }): void;
};

const name = 'hub_http_request_seconds';

/** The histogram of requests in a registry, made there if it is not yet. */
export function httpMetrics(registry: Registry): HttpMetrics {
  const known = registry.getSingleMetric(name);
  const histogram =
    known instanceof Histogram
      ? known
      : new Histogram({
          name,
          help: 'Time to answer a request, by route',
          labelNames: ['method', 'route', 'status'],
          buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
          registers: [registry],
        });
  return {
    observe: ({ method, route, status, seconds }) =>
      histogram.observe({ method, route, status: `${Math.floor(status / 100)}xx` }, seconds),
  };
}
