"use strict";
// Loaded before `communique load` (node --require), it has loads write no revisions: what they cost is the difference. The columns and
// indexes on revisions stay, and so does the list that a load holds of what each transaction changed.

const { RevisionWriter } = require("../dist/src/records/revisions/record.revision.js");

// Without a number, each row would look for that of the latest revision: a cost that loads with revisions don't have.
RevisionWriter.prototype.begin = async (sql) => {
  await sql.query("noRevision", "SELECT set_config('communique.revision', '1', true)");
};
RevisionWriter.prototype.end = async () => {};
