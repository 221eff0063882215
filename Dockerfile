# The service alone: it needs a PostgreSQL server, which DATABASE_URL names (see docker-compose.yml).
# The optional dependencies of the image are that server's programs for machines without Docker. Building needs another one: Vite's compiler.

FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY explorer/package.json explorer/
RUN npm ci
COPY tsconfig.json tsconfig.build.json schema.graphql ./
COPY bin bin
COPY src src
COPY migrations migrations
COPY explorer explorer
RUN npm run build && npm prune --omit=dev --omit=optional

FROM node:22-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000
WORKDIR /app
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json LICENSE schema.graphql ./
COPY bin/communique.js bin/
COPY examples/*.graphql examples/
COPY records records
COPY feeds feeds
COPY agents agents
USER node
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=64", "--max-old-space-size=1024", "bin/communique.js", "start"]
