import { connectionType } from "../paging/connection.js";
import { Place } from "./place.entity.js";

export const PlaceConnection = connectionType("Place", Place);
