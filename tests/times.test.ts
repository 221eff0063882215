import type { SourceRecordInput } from "../src/records/record.format.js";
import { checkRecord } from "../src/records/check/record.check.js";
import { exportRecords } from "../src/records/export/record.export.js";
import { fableWith } from "./fixtures/fable.js";
import { serviceWith, type TestService } from "./harness/service.js";

interface Times {
  startDate?: string;
  endDate?: string;
  startTime?: string | null;
  endTime?: string | null;
}

/** What one document says of when the talks were. */
const telling = (document: string, times: Times, kind = "NEWS") =>
  ({
    format: "communique-record/1",
    document: { key: document, kind, language: "en" },
    meetings: [
      {
        slug: "fish-talks",
        title: "Fish talks",
        kind: "BILATERAL",
        coverage: "REPORTED",
        ...times,
        citations: [{ start: 0, end: 9 }],
      },
    ],
  }) as SourceRecordInput;

describe("Times of day", () => {
  let test: TestService;
  beforeEach(async () => {
    test = await serviceWith();
  });
  afterEach(() => test.close());

  const times = async () => {
    const { data } = await test.ask(`{ meeting(slug: "fish-talks") { startTime endTime } }`);
    return data.meeting;
  };

  it("A meeting has the times that its record gives, and null where it gives none", async () => {
    await test.load(
      telling("herald", { startDate: "2031-06-03", startTime: "09:30", endTime: "10:05" }),
    );
    expect(await times()).toEqual({ startTime: "09:30", endTime: "10:05" });
    const { lines } = await test.loadWith(
      {},
      telling("herald", { startDate: "2031-06-03", startTime: "09:45", endTime: null }),
    );
    expect(lines).toEqual([
      'changed  meeting fish-talks: endTime "10:05" → null, startTime "09:30" → "09:45"',
    ]);
    expect(await times()).toEqual({ startTime: "09:45", endTime: null });
  });

  it("A start and an end are one value, from the more official document, and others are claims beside it", async () => {
    await test.load(
      telling("herald", { startTime: "09:30", endTime: "10:00" }),
      telling("protocol", { startTime: "09:45" }, "READOUT"),
    );
    expect(await times()).toEqual({ startTime: "09:45", endTime: null });
    const { data } = await test.ask(
      `{ meeting(slug: "fish-talks") { claims { field value rank citations { document { key } } } } }`,
    );
    const claims = data.meeting.claims as { field: string }[];
    expect(claims.filter(({ field }) => field.endsWith("Time"))).toEqual([
      {
        field: "startTime",
        value: "09:45",
        rank: "PREFERRED",
        citations: [{ document: { key: "protocol" } }],
      },
      {
        field: "startTime",
        value: "09:30",
        rank: "NORMAL",
        citations: [{ document: { key: "herald" } }],
      },
      {
        field: "endTime",
        value: "10:00",
        rank: "NORMAL",
        citations: [{ document: { key: "herald" } }],
      },
    ]);
  });

  it("Times are exported by the record that gave them", async () => {
    const records = [
      telling("herald", {
        startDate: "2031-06-03",
        endDate: "2031-06-04",
        startTime: "22:00",
        endTime: "01:30",
      }),
      telling("wire", { endTime: "01:00" }),
    ];
    await test.load(...records);
    let text = "";
    for await (const piece of exportRecords(test.dataSource)) text += piece;
    expect(
      text
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual(records);
  });
});

describe("The check of times of day", () => {
  const faultsWith = (times: Times) => {
    const changes = Object.entries(times).map(([property, value]) => [
      `/meetings/0/${property}`,
      value,
    ]);
    const { faults } = checkRecord(
      fableWith(Object.fromEntries(changes) as Times & Record<string, unknown>),
    );
    return faults
      .filter(({ severity }) => severity === "fault")
      .map(({ code, pointer }) => `${code} ${pointer}`);
  };

  it.each(["00:00", "09:05", "19:30", "23:59"])("A time of day is sound: %s", (startTime) => {
    expect(faultsWith({ startTime })).toEqual([]);
  });

  it.each(["24:00", "9:05", "09:60", "09.05", "09:05:00", "09:05Z", "noon", ""])(
    "What is no time of day is a fault: %j",
    (startTime) => {
      expect(faultsWith({ startTime })).toEqual(["schema /meetings/0/startTime"]);
    },
  );

  it.each<[string, Times, boolean]>([
    ["on a day without a last day", { startTime: "10:00", endTime: "09:00" }, true],
    ["without any date", { startDate: undefined, startTime: "10:00", endTime: "09:00" }, true],
    ["on the same day", { endDate: "2031-06-03", startTime: "10:00", endTime: "09:00" }, true],
    ["on the next day", { endDate: "2031-06-04", startTime: "10:00", endTime: "09:00" }, false],
    [
      "on unknown days of one month",
      { startDate: "2031-06", endDate: "2031-06", startTime: "10:00", endTime: "09:00" },
      false,
    ],
    ["after its start", { startTime: "09:00", endTime: "10:00" }, false],
    ["as it starts", { startTime: "09:00", endTime: "09:00" }, false],
    ["at a time, with no start", { endTime: "09:00" }, false],
  ])("A meeting that ends before it starts on one day is a fault: %s", (_what, times, isFault) => {
    expect(faultsWith(times)).toEqual(isFault ? ["reversed-times /meetings/0/endTime"] : []);
  });
});
