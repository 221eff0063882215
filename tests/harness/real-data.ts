import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { serviceWith, type TestService } from "./service.js";

/** Where those who hold copies of the open datasets and volumes keep them: beside the project. */
const DATA = resolve(__dirname, "../../../shared/data");
const OFFICIALS = ["us-officials", "us-appointments"];
const WHOLE = ["us-presidents", "territories"];
/** Panama, Southern Africa, North Africa, China, Cyprus: few enough to be loaded within half a minute. */
const VOLUMES = ["1969-76v22", "1969-76v28", "1969-76ve09p1", "1969-76ve13", "1977-80v21"].map(
  (name) => join(DATA, "frus", `frus${name}.xml`),
);

const fileOf = (dataset: string) => join(DATA, `${dataset}.ndjson`);

/** A stop of a trip abroad, as its dataset has it. */
interface Stop {
  person_id: string;
  role: string;
  start_date: string;
  country: string;
}

function rowsOf<Row>(dataset: string): Row[] {
  const lines = readFileSync(fileOf(dataset), "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Row);
}

/** The stops of the trips of American presidents and secretaries of state from 1969 to 1980. */
export function stopsAbroad(): Stop[] {
  return rowsOf<Stop>("us-travels").filter(
    ({ start_date: date }) => date >= "1969" && date < "1981",
  );
}

/** Starts the service with those trips, what is known of who made them, and the volumes with their texts. */
export async function serviceWithRealData(directory: string): Promise<TestService> {
  const [from, out] = [join(directory, "rows"), join(directory, "records")];
  await mkdir(from);
  await mkdir(out);
  await writeSome(from);
  const command = resolve(__dirname, "../../dist/importers/import.js");
  const given = ["us-presidents", ...OFFICIALS, "us-travels", "frus", ...VOLUMES];
  const child = spawn(process.execPath, [command, ...given, "--from", from, "--out", out], {
    stdio: "ignore",
  });
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`the import ended with ${code}`);
  const test = await serviceWith();
  const { faults } = await test.loadWith({ text: join(out, "texts") }, out);
  if (faults.length > 0) throw new Error(`${faults.length} records are not loaded`);
  return test;
}

/** Writes the rows of those years and travellers: all officials would take three times as long. */
async function writeSome(from: string): Promise<void> {
  const stops = stopsAbroad();
  const travellers = new Set(stops.map(({ person_id: id }) => id));
  const write = (dataset: string, rows: readonly object[]) =>
    writeFile(
      join(from, `${dataset}.ndjson`),
      rows.map((row) => `${JSON.stringify(row)}\n`).join(""),
    );
  await write("us-travels", stops);
  for (const dataset of OFFICIALS) {
    const rows = rowsOf<{ id: string; person_id?: string }>(dataset);
    await write(
      dataset,
      rows.filter(({ id, person_id: person = id }) => travellers.has(person)),
    );
  }
  for (const dataset of WHOLE) await copyFile(fileOf(dataset), join(from, `${dataset}.ndjson`));
}
