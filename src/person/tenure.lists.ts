import DataLoader from "dataloader";
import type { Reading } from "../query/reading.js";
import type { Tenure } from "./tenure.entity.js";
import { tenuresOfPeople } from "./tenure.store.js";

/** The offices of a person: all, or those held on a date. Those asked with one date are read together. */
export function tenureLists({ sql }: Reading) {
  const loaders = new Map<string, DataLoader<string, Tenure[]>>();
  return (personId: string, on: string | null | undefined): Promise<Tenure[]> => {
    const date = on ?? "";
    let loader = loaders.get(date);
    if (!loader) {
      loader = new DataLoader((ids) => tenuresOfPeople(sql, ids, on));
      loaders.set(date, loader);
    }
    return loader.load(personId);
  };
}
