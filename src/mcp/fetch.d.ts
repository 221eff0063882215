/** A type of fetch that the declarations of `@modelcontextprotocol/sdk` take from browsers; Node.js has it without this name. */
type HeadersInit = ConstructorParameters<typeof Headers>[0];
