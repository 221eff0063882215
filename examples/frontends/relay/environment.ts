import { Environment, Network, Observable, RecordSource, Store } from "relay-runtime";
import type { FetchFunction, GraphQLResponse } from "relay-runtime";

/** The environment of a service at an address. It sends the ids that relay-compiler has written to trusted/documents.json. */
export function createEnvironment(service: string): Environment {
  const send: FetchFunction = ({ id }, variables) =>
    Observable.create((sink) => {
      const leaving = new AbortController();
      const extensions = { persistedQuery: { version: 1, sha256Hash: id } };
      fetch(`${service}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ variables, extensions }),
        signal: leaving.signal,
      })
        .then((response) => response.json())
        .then((answer) => {
          sink.next(answer as GraphQLResponse);
          sink.complete();
        })
        .catch((error: Error) => leaving.signal.aborted || sink.error(error));
      // For a page that is left. The service then stops reading too.
      return () => leaving.abort();
    });
  return new Environment({ network: Network.create(send), store: new Store(new RecordSource()) });
}
