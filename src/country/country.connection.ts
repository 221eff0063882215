import { connectionType } from "../paging/connection.js";
import { Country } from "./country.entity.js";

export const CountryConnection = connectionType("Country", Country);
