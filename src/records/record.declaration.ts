import { z } from "zod";
import type { Field, ValueField } from "./record.fields.js";

/** The fields of an item or a part, by property, in the order of the format. */
export type Fields<Column extends string = string> = Readonly<Record<string, Field<Column>>>;

/** The property names of an entity. */
export type ColumnIn<Entity> = keyof Entity & string;

type Mapped<F extends Fields> = F[keyof F]["properties"][number];

/** A date is also a property of the entity, under the same name as in records. */
type Dates<F extends Fields> = {
  [P in keyof F]: F[P] extends { isDate: true } ? P : never;
}[keyof F];

type Unmapped<Entity, F extends Fields, Managed> = Exclude<
  keyof Entity,
  Mapped<F> | Dates<F> | Managed | "id" | "ownerId"
>;

type Mistyped<Entity, F extends Fields> = {
  [P in keyof F]: F[P] extends ValueField<infer Column, infer Schema>
    ? NonNullable<z.output<Schema>> extends NonNullable<Entity[Column & keyof Entity]>
      ? never
      : P
    : never;
}[keyof F];

type UnknownFacts<F extends Fields> = {
  [P in keyof F]: F[P] extends { facts: readonly (infer Fact)[] } ? Exclude<Fact, keyof F> : never;
}[keyof F];

/** Puts missing or mismatched fields into the compiler's error message; `unknown` if the fields are complete. */
export type Complete<Entity, F extends Fields, Managed> = Problem<
  "a column that no property of the record holds",
  Unmapped<Entity, F, Managed>
> &
  Problem<"a property of another type than its column", Mistyped<Entity, F>> &
  Problem<"a certainty of what is no property", UnknownFacts<F>>;

/** Puts these names into the compiler's error message; `unknown` if there are none. */
type Problem<Message extends string, Names> = [Names] extends [never]
  ? unknown
  : Readonly<Record<Message, Names>>;

/** The zod schema of these fields. */
export type SchemaOf<F extends Fields> = z.ZodObject<
  { -readonly [P in keyof F]: F[P]["schema"] },
  z.core.$strict
>;

/** Builds the zod schema of these fields, in their order. */
export function schemaOf<F extends Fields>(fields: F): SchemaOf<F> {
  const shape = Object.fromEntries(
    Object.entries(fields).map(([name, { schema }]) => [name, schema]),
  );
  return z.strictObject(shape) as unknown as SchemaOf<F>;
}
