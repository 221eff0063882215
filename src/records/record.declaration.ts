import { z } from "zod";
import type { Field, ValueField } from "./record.fields.js";

/** The properties of a part of the format, in its order. */
export type Fields<Column extends string = string> = Readonly<Record<string, Field<Column>>>;

/** The properties of an entity. */
export type ColumnIn<Entity> = keyof Entity & string;

type Mapped<F extends Fields> = F[keyof F]["properties"][number];

/** A date is a property of the entity too, under the name that it has in records. */
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

/** What is wrong with the fields of an entity, in the compiler's error message; nothing where they are complete. */
export type Complete<Entity, F extends Fields, Managed> = Problem<
  "a column that no property of the record holds",
  Unmapped<Entity, F, Managed>
> &
  Problem<"a property of another type than its column", Mistyped<Entity, F>> &
  Problem<"a certainty of what is no property", UnknownFacts<F>>;

type Problem<Message extends string, Names> = [Names] extends [never]
  ? unknown
  : Readonly<Record<Message, Names>>;

/** The schema that fields make. */
export type SchemaOf<F extends Fields> = z.ZodObject<
  { -readonly [P in keyof F]: F[P]["schema"] },
  z.core.$strict
>;

/** Makes the schema of these fields, in their order. */
export function schemaOf<F extends Fields>(fields: F): SchemaOf<F> {
  const shape = Object.fromEntries(
    Object.entries(fields).map(([name, { schema }]) => [name, schema]),
  );
  return z.strictObject(shape) as unknown as SchemaOf<F>;
}
