import { createHash } from "node:crypto";
import { isSurnameKey } from "./block-keys.js";

/** The people who share a key, by their numbers. */
export interface Block {
  key: number;
  people: Uint32Array;
  /** The share of all entries up to its end, from 0 to 1. */
  share: number;
}

/** Keys of people as numbers: about ten per person, 12 bytes each. A collision of two keys only costs comparisons. */
export class Blocks {
  private entries = new BigUint64Array(1 << 16);
  private length = 0;
  private keys = new Uint32Array(0);
  /** Where each person's keys begin. */
  private readonly starts: number[] = [0];
  private readonly large = new Set<number>();

  /** Adds a person; they are numbered from 0 in the order in which they are added. */
  add(keys: readonly string[]): void {
    const person = BigInt(this.starts.length - 1);
    for (const number of new Set(keys.map(numberOf))) this.push((BigInt(number) << 32n) | person);
    this.starts.push(this.length);
  }

  /** Yields the blocks of more than one person; those of more than `largest` are large, family names alone aside. */
  *inOrder(largest: number): Generator<Block> {
    this.keys = new Uint32Array(this.length);
    for (let i = 0; i < this.length; i++) this.keys[i] = Number(this.entries[i]! >> 32n);
    for (let i = 0; i + 1 < this.starts.length; i++)
      this.keys.subarray(this.starts[i], this.starts[i + 1]).sort();
    const entries = this.entries.subarray(0, this.length).sort();
    for (const { key, people } of blocksIn(entries))
      if (people.length > largest && !isSurname(key)) this.large.add(key);
    for (const block of blocksIn(entries)) if (block.people.length > 1) yield block;
  }

  /** Returns whether a block has more people than are all compared with each other. */
  isLarge(key: number): boolean {
    return this.large.has(key);
  }

  /** Returns the first key that two people share of a block that is not large, family names alone last; null if there is none. */
  firstShared(one: number, other: number): number | null {
    const [keys, others] = [this.keysOf(one), this.keysOf(other)];
    let surname: number | null = null;
    for (let i = 0, j = 0; i < keys.length && j < others.length;) {
      const [first, second] = [keys[i]!, others[j]!];
      if (first === second && !this.large.has(first)) {
        if (!isSurname(first)) return first;
        surname ??= first;
      }
      if (first <= second) i++;
      if (second <= first) j++;
    }
    return surname;
  }

  private keysOf(person: number): Uint32Array {
    return this.keys.subarray(this.starts[person], this.starts[person + 1]);
  }

  private push(entry: bigint): void {
    if (this.length === this.entries.length) {
      const grown = new BigUint64Array(2 * this.length);
      grown.set(this.entries);
      this.entries = grown;
    }
    this.entries[this.length++] = entry;
  }
}

function* blocksIn(entries: BigUint64Array): Generator<Block> {
  for (let from = 0, to = 0; from < entries.length; from = to) {
    const key = entries[from]! >> 32n;
    while (to < entries.length && entries[to]! >> 32n === key) to++;
    const people = Uint32Array.from(entries.subarray(from, to), (entry) =>
      Number(entry & 0xffff_ffffn),
    );
    yield { key: Number(key), people, share: to / entries.length };
  }
}

/** Returns a number for a key; odd for a family name alone. */
function numberOf(key: string): number {
  const number = createHash("md5").update(key).digest().readUInt32BE(0);
  return isSurnameKey(key) ? (number | 1) >>> 0 : (number & ~1) >>> 0;
}

/** Returns whether a key stands for a family name alone. */
export function isSurname(key: number): boolean {
  return key % 2 === 1;
}
