import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { RequestError } from "../errors.js";
import { asPage, type Page } from "./html.js";
import { unreadableAddressPage, wrongMethodPage } from "./not-found.js";

/** How an error is sent to a program. */
type SendError = (
  this: FastifyInstance,
  error: Error & { code: string; statusCode?: number },
  request: FastifyRequest,
  reply: FastifyReply,
) => void;

/** Whether whoever asks reads pages, as browsers do. */
function readsPages({ headers }: FastifyRequest): boolean {
  return headers.accept?.includes("text/html") ?? false;
}

/** Sends errors as `send` does, but for that of an address that can't be decoded: browsers get it as a page. No hook and no handler sees such a request. */
export function withPages(send: SendError): SendError {
  return function (error, request, reply) {
    if (error.code !== "FST_ERR_BAD_URL" || !readsPages(request)) {
      return send.call(this, error, request, reply);
    }
    void sendPage(reply.code(400), unreadableAddressPage());
  };
}

/** Answers 405 to methods by which pages can't be asked for, whatever the body is. */
export function refuseOtherMethods(app: FastifyInstance, path: string): void {
  app.route({
    url: path,
    method: ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
    onRequest: (request, reply, done) => {
      reply.code(405).header("allow", "GET, HEAD").header("cache-control", "no-store");
      if (!readsPages(request)) {
        return done(new RequestError(405, "BAD_REQUEST", "Use GET or HEAD: this is a page."));
      }
      void sendPage(reply, wrongMethodPage(request.method));
    },
    // Never reached: the hook has answered.
    handler: (_request, reply) => reply,
  });
}

function sendPage(reply: FastifyReply, { html, policy }: Page): FastifyReply {
  return asPage(reply, policy).header("cache-control", "no-store").send(html);
}
