// `npm run supergraph`: communique and atlas, composed, behind one address.
//
//   npm run supergraph                             starts communique too, as `npm start` would
//   npm run supergraph -- http://127.0.0.1:4000    asks one that is up already
//   PORT=5000 npm run supergraph                   listens there instead of on 4100

const { startAtlas, startCommunique, compose, startGateway } = await parts();

const port = Number(process.env.PORT ?? 4100);
const [address] = process.argv.slice(2);
const running = [];

let stopping = false;
/** Stops all that runs; together, since Ctrl-C has told communique already. */
async function stop(exitCode) {
  if (stopping) return;
  stopping = true;
  await Promise.allSettled(running.map((part) => part.stop()));
  process.exit(exitCode);
}
process.on("SIGINT", () => stop(0));
process.on("SIGTERM", () => stop(0));
// Such as a port that is taken.
process.on("uncaughtException", (error) => {
  console.error(error.message);
  void stop(1);
});

/** Remembers what has been started, so that it is stopped. */
async function started(start) {
  const part = await start;
  running.push(part);
  return part;
}

const communique = address
  ? { name: "communique", url: new URL("/graphql", address).href }
  : await started(startCommunique());
const atlas = await started(startAtlas({ port: 0 }));
const supergraph = await compose([communique, atlas]);
const gateway = await started(startGateway(supergraph, { port }));

console.log(`
The supergraph is up at ${gateway.url}

  communique  ${communique.url}
  atlas       ${atlas.url}

Ask it something that takes both:

  curl -s ${gateway.url} -H 'content-type: application/json' -d '{ "query":
    "{ country(code: \\"LA\\") { name capital statements { totalCount nodes { text } } } }" }'

Stop it with Ctrl-C.`);

/** Loads the other files here, which need what is installed. */
async function parts() {
  try {
    const files = ["./atlas.js", "./communique.js", "./gateway.js"];
    return Object.assign({}, ...(await Promise.all(files.map((file) => import(file)))));
  } catch (error) {
    if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
    console.error(`${error.message}\nInstall it first: npm ci --prefix examples/supergraph`);
    process.exit(1);
  }
}
