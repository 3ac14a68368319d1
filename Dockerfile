FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --include=dev --include=optional --no-audit --no-fund
COPY . .
RUN npm run build

FROM node:24-bookworm-slim
WORKDIR /app
COPY --from=build --chown=node:node /app /app
RUN mkdir -m 700 /data && chown node:node /data
USER node
ENV DATA_DIR=/data
VOLUME /data
EXPOSE 8080 2525 5587 4465 1143 9993 1110 9995
STOPSIGNAL SIGTERM
CMD ["node", "tools/run.mjs", "apps/server.ts"]
