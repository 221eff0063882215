// What an entity says of the fields that show its properties, where that is not just the field of the same name.

/** A field that needs a property of its row. */
interface Shown {
  field: string;
  property: string;
}

/** A date field, and the properties that hold its first and last day. */
export interface DateField {
  field: string;
  from: string;
  to: string;
}

const shown = new Map<object, Shown[]>();
const dates = new Map<object, DateField[]>();

/** Declares that fields with resolvers of their own need this property. */
export function ShownBy(...fields: string[]): PropertyDecorator {
  return ({ constructor }, property) =>
    fields.forEach((field) => add(shown, constructor, { field, property: property as string }));
}

/** Declares a field that shows a date, between the days that two properties hold. */
export function Between(from: string, to: string): PropertyDecorator {
  return ({ constructor }, field) => add(dates, constructor, { field: field as string, from, to });
}

/** What is declared of a class itself. */
export const shownIn = (entity: object): readonly Shown[] => shown.get(entity) ?? [];
export const datesOf = (entity: object): readonly DateField[] => dates.get(entity) ?? [];

function add<Declared>(to: Map<object, Declared[]>, entity: object, declared: Declared): void {
  to.set(entity, [...(to.get(entity) ?? []), declared]);
}
