/** Numbers of advisory locks: arbitrary, and the same in every version of the service. */

/** Held while a database is migrated. */
export const MIGRATION_LOCK = 740_513_201;

/** Held by each transaction of a load: one after the other changes the record. */
export const LOAD_LOCK = 740_513_202;
