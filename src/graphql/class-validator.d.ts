/**
 * The declarations of type-graphql refer to these two types of class-validator, an optional library for validating arguments.
 * This service validates its own (decision 13), so the library is not installed.
 */
declare module "class-validator" {
  export type ValidationError = never;
  export type ValidatorOptions = never;
}
