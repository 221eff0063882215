import { connectionType } from "../query/connection.js";
import { Country } from "./country.entity.js";

export const CountryConnection = connectionType("Country", Country);
