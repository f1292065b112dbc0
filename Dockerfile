# syntax=docker/dockerfile:1
FROM node:22-bookworm-slim AS build
WORKDIR /portolan
COPY package.json package-lock.json ./
RUN npm ci --include=dev --no-audit --no-fund
COPY . .
RUN node scripts/build.mjs
# The optional packages are the embedded PostgreSQL: a container has DATABASE_URL.
RUN npm prune --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

FROM node:22-bookworm-slim
# What is freed goes back to the system: glibc would keep much of an upload, and of snapshots that were loaded, for later.
ENV MALLOC_MMAP_THRESHOLD_=65536 MALLOC_TRIM_THRESHOLD_=131072
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /portolan
COPY --from=build /portolan/package.json /portolan/LICENSE ./
COPY --from=build /portolan/node_modules ./node_modules
COPY --from=build /portolan/prisma/migrations ./prisma/migrations
# What caveats of answers refer to; the server shows it.
COPY --from=build /portolan/docs/caveats.md ./docs/caveats.md
COPY --from=build /portolan/dist ./dist
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "dist/apps/api/src/main.js"]
