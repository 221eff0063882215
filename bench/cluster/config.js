"use strict";
// The configuration files of a cluster's programs. docs/cluster.md explains the settings that matter.

const { join } = require("node:path");

/** How long a service answers on while /ready already fails: HAProxy looks twice in that time. */
const DRAIN_MS = 2_000;

function etcd(data, port, peerPort) {
  const client = `http://127.0.0.1:${port}`;
  const peer = `http://127.0.0.1:${peerPort}`;
  return [
    ["--data-dir", join(data, "etcd")],
    ["--listen-client-urls", client],
    ["--advertise-client-urls", client],
    ["--listen-peer-urls", peer],
    ["--initial-advertise-peer-urls", peer],
    ["--initial-cluster", `default=${peer}`],
    ["--log-level", "error"],
  ].flat();
}

/** Patroni reads YAML, of which JSON is a part. */
function patroni({ name, port, apiPort, data }, etcdPort, bin) {
  return JSON.stringify({
    scope: "communique",
    name,
    restapi: { listen: `127.0.0.1:${apiPort}`, connect_address: `127.0.0.1:${apiPort}` },
    etcd3: { host: `127.0.0.1:${etcdPort}` },
    bootstrap: {
      dcs: {
        // The least that Patroni allows: without its key for so long, a primary counts as lost.
        ttl: 20,
        loop_wait: 2,
        retry_timeout: 3,
        // A primary whose PostgreSQL dies is replaced at once, not started again first.
        primary_start_timeout: 0,
        // A commit is acknowledged when another node has it too.
        synchronous_mode: true,
        maximum_lag_on_failover: 1_048_576,
        postgresql: {
          use_pg_rewind: true,
          parameters: {
            wal_sender_timeout: "5s",
            wal_receiver_timeout: "5s",
            max_connections: 100,
          },
        },
      },
      initdb: [{ encoding: "UTF8" }, { locale: "C.UTF-8" }, "data-checksums"],
    },
    postgresql: {
      listen: `127.0.0.1:${port}`,
      connect_address: `127.0.0.1:${port}`,
      data_dir: join(data, "pgdata"),
      bin_dir: bin,
      pgpass: join(data, "pgpass"),
      authentication: {
        superuser: { username: "postgres" },
        replication: { username: "replicator" },
      },
      // For one machine. Elsewhere: passwords or certificates, and TLS.
      pg_hba: ["host all all 127.0.0.1/32 trust", "host replication replicator 127.0.0.1/32 trust"],
      parameters: { unix_socket_directories: "", hot_standby_feedback: "on" },
    },
  });
}

function pgbouncer({ port, bouncerPort }, users) {
  return `[databases]
* = host=127.0.0.1 port=${port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${bouncerPort}
unix_socket_dir =
auth_type = trust
auth_file = ${users}
pool_mode = transaction
ignore_startup_parameters = options
max_prepared_statements = 300
server_login_retry = 1
server_connect_timeout = 2
`;
}

/** One address for all services. Each is asked for /ready twice a second. */
function haproxy(port, services) {
  const servers = services.map(
    ({ name, port: own }) => `  server ${name} 127.0.0.1:${own} check inter 500ms fall 2 rise 1`,
  );
  return `defaults
  mode http
  timeout connect 1s
  timeout client 30s
  timeout server 30s
  # A request that reached no service goes to another one.
  retries 2
  option redispatch 1
  retry-on conn-failure
frontend address
  bind 127.0.0.1:${port}
  default_backend services
backend services
  balance leastconn
  option httpchk GET /ready
  http-check expect status 200
${servers.join("\n")}
`;
}

module.exports = { DRAIN_MS, etcd, haproxy, patroni, pgbouncer };
