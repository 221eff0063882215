/**
 * type-graphql's own declarations name these two types of class-validator, which it only needs where arguments are validated by
 * that library. Ours are not (decision 13), so that it is not installed.
 */
declare module "class-validator" {
  export type ValidationError = never;
  export type ValidatorOptions = never;
}
