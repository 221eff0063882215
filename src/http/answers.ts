import { answerType, GRAPHQL_ANSWER, JSON_ANSWER } from "./media-type.js";
import type { HooksOf } from "./request-hooks.js";

/**
 * Gives an answer the status that GraphQL over HTTP wants for its form, and says how long it may be kept.
 *
 * As plain JSON a question that could be read is 200, whatever is wrong with it: gateways hand on the errors of
 * a 200, and make "400: Bad Request" of anything else. The newer form says by its name that the body is
 * GraphQL, so that its status may tell: 4xx where there is no `data`.
 */
export function headAnswers(cacheControl: string): HooksOf {
  return ({ request: { http } }) => {
    if (!http) return undefined;
    return {
      willSendResponse({ response: { body, http: head }, source }) {
        // Answers in parts are not configured.
        if (body.kind !== "single") return;
        const { data, errors, extensions } = body.singleResult;
        const type = answerType(http.headers.get("accept"));
        // So that it is ours, and not another reading of `Accept`, that the status goes with.
        if (type) head.headers.set("content-type", `${type}; charset=utf-8`);
        // Without a source it was no question: no text of one, or a hash that is not its text's.
        const isQuestion = (source as string | undefined) !== undefined;
        const { status = 200 } = head;
        const isClients = status >= 400 && status < 500 && status !== 405;
        if (type === JSON_ANSWER && isClients && isQuestion) head.status = 200;
        if (type === GRAPHQL_ANSWER && data === undefined && status < 400) head.status = 400;
        const isWhole = data !== undefined && !errors?.length && extensions?.ftv1 === undefined;
        head.headers.set(
          "cache-control",
          http.method === "GET" && isWhole ? cacheControl : "no-store",
        );
      },
    };
  };
}
