import type {
  ApolloServerPlugin,
  BaseContext,
  GraphQLRequestContext,
  GraphQLRequestContextDidResolveOperation,
  GraphQLRequestContextResponseForOperation,
  GraphQLRequestContextValidationDidStart,
  GraphQLRequestContextWillSendResponse,
  GraphQLResponse,
} from "@apollo/server";

/** What is done while a request is answered: some of Apollo Server's hooks, which need not make promises here. */
interface RequestHooks<Context extends BaseContext> {
  validationDidStart?(request: GraphQLRequestContextValidationDidStart<Context>): void;
  /** May wait. What it throws is answered, and nothing after it is called. */
  didResolveOperation?(
    request: GraphQLRequestContextDidResolveOperation<Context>,
  ): Promise<void> | undefined | void;
  responseForOperation?(
    request: GraphQLRequestContextResponseForOperation<Context>,
  ): Promise<GraphQLResponse | null> | null;
  willSendResponse?(request: GraphQLRequestContextWillSendResponse<Context>): void;
}

/** Gives the hooks of a request that has come, if there are any for it. */
export type HooksOf<Context extends BaseContext = BaseContext> = (
  request: GraphQLRequestContext<Context>,
) => RequestHooks<Context> | undefined;

/**
 * One plugin that calls all of these hooks in their order. Of several plugins Apollo Server waits for each at every hook,
 * whether it has that or not, which is a sixth of the smallest request.
 */
export function pluginOf<Context extends BaseContext>(
  all: readonly HooksOf<Context>[],
): ApolloServerPlugin<Context> {
  return {
    async requestDidStart(request) {
      const hooks: RequestHooks<Context>[] = [];
      for (const hooksOf of all) {
        const ofOne = hooksOf(request);
        if (ofOne) hooks.push(ofOne);
      }
      return {
        async validationDidStart(validated) {
          for (const each of hooks) each.validationDidStart?.(validated);
        },
        async didResolveOperation(resolved) {
          for (const each of hooks) {
            const waits = each.didResolveOperation?.(resolved);
            if (waits) await waits;
          }
        },
        async responseForOperation(asked) {
          for (const each of hooks) {
            const response = each.responseForOperation?.(asked);
            if (response) return response;
          }
          return null;
        },
        async willSendResponse(answered) {
          for (const each of hooks) each.willSendResponse?.(answered);
        },
      };
    },
  };
}
