import type { MigrationInterface, QueryRunner } from "typeorm";

const CLAIMS = `
  -- What each record gives of an item that several records give: if there is one, the item's row has all that it gives.
  CREATE TABLE record_claim (
    item_id uuid NOT NULL,
    document_id uuid NOT NULL CONSTRAINT record_claim_by_document REFERENCES source_document,
    -- Values by column; a part of a list inside the item as "table/index/column".
    given jsonb NOT NULL,
    -- Whether the item's row shows any of it. Loads read these, however many records give the item.
    is_shown boolean NOT NULL,
    PRIMARY KEY (item_id, document_id)
  );
  -- loading a record again, and pruning, exporting and dating it: what it gives.
  CREATE INDEX record_claim_document ON record_claim (document_id);
  -- loading: what decides an item's row.
  CREATE INDEX record_claim_shown ON record_claim (item_id) WHERE is_shown;
  -- pruning and redacting an item that a record names: nothing may show it, since other records are preferred.
  CREATE INDEX record_claim_references ON record_claim USING gin (references_in(given));
`;

/** Which items are one, which are not, and which value of a field is right. */
const JUDGEMENTS = `
  CREATE TABLE record_merge (
    id uuid PRIMARY KEY,
    key text NOT NULL,
    kind text NOT NULL,
    stays_id uuid NOT NULL,
    goes_id uuid NOT NULL CONSTRAINT record_merge_of_two CHECK (goes_id <> stays_id),
    because text NOT NULL,
    owner_id uuid NOT NULL CONSTRAINT record_merge_document REFERENCES source_document
  );
  -- which items are shown as one; Person.merges, Meeting.merges ...
  CREATE INDEX record_merge_stays ON record_merge (stays_id);
  CREATE INDEX record_merge_goes ON record_merge (goes_id);
  -- export, pruning.
  CREATE INDEX record_merge_owner ON record_merge (owner_id);

  CREATE TABLE record_difference (
    id uuid PRIMARY KEY,
    key text NOT NULL,
    kind text NOT NULL,
    one_id uuid NOT NULL,
    other_id uuid NOT NULL CONSTRAINT record_difference_of_two CHECK (other_id <> one_id),
    because text NOT NULL,
    owner_id uuid NOT NULL CONSTRAINT record_difference_document REFERENCES source_document
  );
  -- pruning an item that a judgement names.
  CREATE INDEX record_difference_one ON record_difference (one_id);
  CREATE INDEX record_difference_other ON record_difference (other_id);
  -- export, pruning.
  CREATE INDEX record_difference_owner ON record_difference (owner_id);

  CREATE TABLE record_settlement (
    id uuid PRIMARY KEY,
    key text NOT NULL,
    kind text NOT NULL,
    item_id uuid NOT NULL,
    field text NOT NULL,
    given jsonb NOT NULL,
    because text NOT NULL,
    owner_id uuid NOT NULL CONSTRAINT record_settlement_document REFERENCES source_document
  );
  -- choosing the values of an item; Person.claims, Meeting.claims ...
  CREATE INDEX record_settlement_item ON record_settlement (item_id);
  -- export, pruning.
  CREATE INDEX record_settlement_owner ON record_settlement (owner_id);
`;

const SHOWN = `
  -- What is recorded of items that their own tables show otherwise, since there is a judgement.
  CREATE TABLE item_as_recorded (
    id uuid PRIMARY KEY,
    noun text NOT NULL,
    -- The item with a key as which it is shown, or as part of which: itself unless it was merged.
    root_id uuid NOT NULL,
    root_noun text NOT NULL,
    -- Of an item that was merged into another: its slugs or key as recorded, oldest first.
    keys text[] NOT NULL,
    -- Its rows as recorded, by table.
    tables jsonb NOT NULL,
    -- The merged items that make the difference: this one, or those that it refers to.
    merged_ids uuid[] NOT NULL
  );
  -- restoring an item; Person.claims, Person.names ... of what was merged into it.
  CREATE INDEX item_as_recorded_root ON item_as_recorded (root_id);
  -- finding an item by a slug or key of one that was merged into it.
  CREATE INDEX item_as_recorded_keys ON item_as_recorded USING gin (keys);
  -- undoing a merge.
  CREATE INDEX item_as_recorded_merged ON item_as_recorded USING gin (merged_ids);

  -- Items whose tables hold what is recorded until they are refreshed, at the end of the batch that changes them or their
  -- judgements. Empty otherwise.
  CREATE TABLE item_to_refresh (
    item_id uuid PRIMARY KEY,
    noun text NOT NULL,
    -- Whether judgements came or went: then what refers to it is refreshed, too.
    is_judged boolean NOT NULL
  );

  -- Items that do not show the parent that they would if no circle came of it, and that parent as recorded. Nearly always empty.
  CREATE TABLE parent_passed_over (
    item_id uuid PRIMARY KEY,
    noun text NOT NULL,
    parent_id uuid
  );

  CREATE FUNCTION refresh_merged_items() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP <> 'DELETE' AND EXISTS (
      WITH RECURSIVE above (id) AS (
        SELECT NEW.stays_id UNION SELECT m.stays_id FROM above JOIN record_merge m ON m.goes_id = above.id)
      SELECT FROM above WHERE id = NEW.goes_id)
    THEN
      RAISE check_violation USING MESSAGE = format('merge %s would be one of a circle of merges', NEW.key);
    END IF;
    INSERT INTO item_to_refresh
    SELECT DISTINCT id, noun, true
    FROM (VALUES (OLD.stays_id, OLD.kind), (OLD.goes_id, OLD.kind), (NEW.stays_id, NEW.kind), (NEW.goes_id, NEW.kind)) AS named (id, noun)
    WHERE id IS NOT NULL ON CONFLICT (item_id) DO UPDATE SET is_judged = true;
    RETURN NULL;
  END $$;
  CREATE TRIGGER refresh_merged_items AFTER INSERT OR DELETE OR UPDATE ON record_merge
    FOR EACH ROW EXECUTE FUNCTION refresh_merged_items();

  CREATE FUNCTION refresh_settled_item() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO item_to_refresh
    SELECT DISTINCT id, noun, false FROM (VALUES (OLD.item_id, OLD.kind), (NEW.item_id, NEW.kind)) AS named (id, noun)
    WHERE id IS NOT NULL ON CONFLICT DO NOTHING;
    RETURN NULL;
  END $$;
  CREATE TRIGGER refresh_settled_item AFTER INSERT OR DELETE OR UPDATE ON record_settlement
    FOR EACH ROW EXECUTE FUNCTION refresh_settled_item();
`;

/** What several records say of one item, what records judge of items, and what is shown for it. */
export class ClaimsAndJudgements implements MigrationInterface {
  readonly name = "ClaimsAndJudgements0000000000006";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CLAIMS);
    await runner.query(JUDGEMENTS);
    await runner.query(SHOWN);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE parent_passed_over, item_to_refresh, item_as_recorded, record_settlement, record_difference, record_merge,
        record_claim;
      DROP FUNCTION refresh_merged_items, refresh_settled_item;
    `);
  }
}
