import { value } from "../records/record.fields.js";
import { recordItem } from "../records/record.item.js";
import { name, slug } from "../records/record.values.js";
import type { StatementTopic } from "./statement-topic.entity.js";

/** The record format of a topic. */
export const topic = recordItem<StatementTopic>()({
  noun: "topic",
  type: "TOPIC",
  typename: "StatementTopic",
  table: "statement_topic",
  fields: {
    slug: value("slug", slug(), "Names the topic in this and other records: `de-escalation`."),
    label: value("label", name(), "As readers see it."),
  },
  computed: ["recordedIn", "changedIn"],
});
