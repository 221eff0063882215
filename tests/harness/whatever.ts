/** What an answer holds is whatever its query asks for: as free as parsed JSON, which this is. */
export type Whatever = ReturnType<typeof JSON.parse>;
