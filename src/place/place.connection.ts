import { connectionType } from "../query/connection.js";
import { Place } from "./place.entity.js";

export const PlaceConnection = connectionType("Place", Place);
