# Debian, because the lockfile has the native packages for its C library. Not npm ci: the lockfile lacks other platforms.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm install --no-audit --no-fund
COPY . .
RUN npm run build && rm -r dist/.build

FROM node:22-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# The compiler is only an optional peer of a package, for its types.
RUN npm install --omit=dev --no-audit --no-fund && rm -rf node_modules/typescript

FROM node:22-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8000 DATA_DIR=/data
WORKDIR /app
COPY package.json ./
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY migrations ./migrations
COPY metering-vectors.json ./
COPY web/account ./web/account
# /data is written only without PostgreSQL or without an SMTP server. The commands run in a container as `metered-chat …`.
RUN mkdir /data && chown node:node /data && ln -s /app/dist/main.js /usr/local/bin/metered-chat
USER node
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/health/ready').then((response) => process.exit(response.ok ? 0 : 1), () => process.exit(1))"]
# The flags of `npm start`: smaller steps of garbage collection save about 30 MB under load.
CMD ["node", "--max-semi-space-size=16", "--heap-growing-percent=50", "dist/main.js", "serve"]
