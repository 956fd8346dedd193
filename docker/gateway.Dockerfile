# The gateway, from the repository's root:  docker build -f docker/gateway.Dockerfile -t sluice-gateway .
FROM node:22-bookworm-slim AS build
WORKDIR /src
COPY . .
RUN npm ci --ignore-scripts && npm run build

FROM node:22-bookworm-slim
WORKDIR /app
COPY --from=build /src/dist/apps/gateway ./dist/apps/gateway
# the one package that is not in the bundle: its WebAssembly stands beside its code
COPY --from=build /src/node_modules/node-sqlite3-wasm ./node_modules/node-sqlite3-wasm
COPY LICENSE docker/healthcheck.mjs ./
RUN useradd --system --uid 10001 --no-create-home sluice \
  && install -d -o sluice -g sluice -m 0700 /var/lib/sluice && install -d /etc/sluice
USER 10001
ENV NODE_ENV=production SLUICE_HOST=0.0.0.0 SLUICE_PORT=8000 SLUICE_CONFIG=/etc/sluice/sluice.yaml SLUICE_DATA=/var/lib/sluice
VOLUME /var/lib/sluice
EXPOSE 8000
# /health says that it is alive; let the orchestrator ask /ready before it sends requests
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["node", "healthcheck.mjs"]
CMD ["node", "dist/apps/gateway/main.js"]
