import { registerEnumType } from "type-graphql";

export enum CounterpartSide {
  OTHER = "OTHER",
  UNKNOWN = "UNKNOWN",
}

registerEnumType(CounterpartSide, {
  name: "CounterpartSide",
  description:
    "Whether somebody whom a person met was of another side. Those of the same side are no counterparts. What a side is, " +
    "Person.counterparts says. May gain values.",
  valuesConfig: {
    OTHER: { description: "Of another side." },
    UNKNOWN: {
      description:
        "Unknown: one of the two sides is not on record, or is of several countries, some of which are the other's too.",
    },
  },
});
