import { Field, Float, ObjectType } from "type-graphql";

@ObjectType({
  description:
    "Where a place is, in decimal degrees of WGS 84 (EPSG:4326), as a dataset gives it; as precise as the dataset.",
})
export class RecordCoordinates {
  @Field(() => Float, { description: "Degrees north of the equator, -90 to 90." })
  latitude: number;

  @Field(() => Float, { description: "Degrees east of Greenwich, -180 to 180." })
  longitude: number;

  /** The document that gives both. */
  documentId: string;
}
