import { geoArea, geoCentroid, geoEqualEarth, geoPath, type GeoPermissibleObjects } from "d3-geo";
import type { Feature, FeatureCollection } from "geojson";
import { iso31661NumericToAlpha2 } from "iso-3166";
import { readFileSync } from "node:fs";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { Outline } from "./outline.js";

type Atlas = Topology<{ countries: GeometryCollection }>;

/** The map of the world: Natural Earth's shapes in an equal-area projection, each country by its code. */
export interface World {
  width: number;
  height: number;
  /** The path of each country that is large enough to be drawn. */
  shapes: ReadonlyMap<string, string>;
  /** The middle of each country that is too small. */
  middles: ReadonlyMap<string, readonly [x: number, y: number]>;
  /** Where a place is; null if it is off the map. */
  at(longitude: number, latitude: number): readonly [x: number, y: number] | null;
}

const WIDTH = 940;
/** Room for the marks of small countries at the edges. */
const MARGIN = 10;
const ANTARCTICA = "AQ";
/** The codes of countries that have no number in ISO 3166-1. Other land without a number goes by its name. */
const UNNUMBERED: Record<string, string> = { Kosovo: "XK" };

let world: World | undefined;

/** The world, which is read and projected once. */
export function theWorld(): World {
  return (world ??= readWorld());
}

function readWorld(): World {
  const coarse = read(require.resolve("world-atlas/countries-110m.json"));
  const { countries } = coarse.objects;
  const drawn = byCode(feature(coarse, countries));
  const inhabited = [...drawn].filter(([code]) => code !== ANTARCTICA);
  const features = inhabited.map(([, shape]) => shape);
  const all: FeatureCollection = { type: "FeatureCollection", features };
  // Rotated so that no land but a strip of ocean is cut apart.
  const projection = geoEqualEarth()
    .rotate([-11, 0])
    .fitExtent([[MARGIN, MARGIN], [WIDTH - MARGIN, WIDTH]], all); // prettier-ignore
  const [[, top], [, bottom]] = geoPath(projection).bounds(all);
  const [right, down] = projection.translate();
  projection.translate([right, down - top + MARGIN]);
  const height = Math.ceil(bottom - top + 2 * MARGIN);
  const outline = (shape: GeoPermissibleObjects) => {
    const drawn = new Outline();
    geoPath(projection, drawn)(shape);
    return drawn.toString();
  };
  const middles = [...byCode(feature(...fine((code) => !drawn.has(code))))].map(
    ([code, shape]) => [code, pointOf(projection(geoCentroid(shape)))] as const,
  );
  return {
    width: WIDTH,
    height,
    shapes: new Map(inhabited.map(([code, shape]) => [code, outline(shape)])),
    middles: new Map(middles.flatMap(([code, point]) => (point ? [[code, point] as const] : []))),
    at: (longitude, latitude) => {
      const point = pointOf(projection([longitude, latitude]));
      if (!point) return null;
      const [x, y] = point;
      return x >= 0 && x <= WIDTH && y >= 0 && y <= height ? point : null;
    },
  };
}

const pointOf = (point: [number, number] | null): [number, number] | null =>
  point && [Math.round(point[0] * 10) / 10, Math.round(point[1] * 10) / 10];

/** Finer shapes, which have the countries that are too small for the coarse ones. */
function fine(isWanted: (code: string) => boolean): [Atlas, GeometryCollection] {
  const atlas = read(require.resolve("world-atlas/countries-50m.json"));
  const { countries } = atlas.objects;
  return [
    atlas,
    { ...countries, geometries: countries.geometries.filter((one) => isWanted(codeOf(one))) },
  ];
}

function codeOf({ id, properties }: { id?: string | number; properties?: object | null }): string {
  const name = String(properties && "name" in properties ? properties.name : "");
  return iso31661NumericToAlpha2[String(id)] ?? UNNUMBERED[name] ?? name;
}

function read(path: string): Atlas {
  return JSON.parse(readFileSync(path, "utf8")) as Atlas;
}

/** The largest shape of each code: dependencies may share that of their country. */
function byCode({ features }: FeatureCollection): Map<string, Feature> {
  const found = new Map<string, Feature>();
  for (const shape of features) {
    const code = codeOf(shape);
    const known = found.get(code);
    if (!known || geoArea(known) < geoArea(shape)) found.set(code, shape);
  }
  return found;
}
